package io.ordeal.campaign.compare;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.campaign.compare.Comparison.Row;
import io.ordeal.campaign.report.BaselineSection;
import io.ordeal.campaign.screen.Columns;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Glyphs;
import io.ordeal.campaign.screen.Ink;
import io.ordeal.campaign.screen.Readouts;
import io.ordeal.schemas.objective.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Comparisons and histories as text of eighty columns.
public final class ComparisonView {
    private static final int NAME = 24;
    private static final int VALUE = 9;
    private static final int SHIFT = 25;

    private static final String SLOPE = " slope";

    private final Ink ink;
    private final Glyphs glyphs;

    /// Makes a view for a terminal.
    public ComparisonView(Ink ink, Glyphs glyphs) {
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /// Returns the lines about `comparison`, its verdict first.
    public List<String> lines(Comparison comparison) {
        var lines = new ArrayList<String>();
        lines.add(painted(comparison.verdict(), sign(comparison.verdict()) + " " + comparison.verdict())
                + "   run " + comparison.after().run() + " beside run "
                + comparison.before().run());
        if (comparison.differences().isEmpty()) {
            lines.add(ink.dim("  comparable: the same plan"));
        }
        comparison.differences().forEach(reason -> lines.add(ink.doubtful("  " + glyphs.unknown() + " " + reason)));
        if (!comparison.rows().isEmpty()) {
            lines.add("");
            lines.add(ink.dim("  " + Columns.left("", NAME) + Columns.right("before", VALUE)
                    + Columns.right("after", VALUE) + "  change"));
        }
        comparison.rows().forEach(row -> lines.add(line(row)));
        return lines;
    }

    /// Returns `comparison` as a report shows it.
    public static BaselineSection section(Comparison comparison) {
        var reasons = new ArrayList<>(comparison.reasons());
        reasons.addAll(comparison.differences());
        return new BaselineSection(
                comparison.before().run(),
                comparison.verdict().name(),
                reasons,
                comparison.rows().stream()
                        .map(row -> new BaselineSection.Row(
                                row.request(),
                                row.measure(),
                                value(row.measure(), row.before()),
                                value(row.measure(), row.after()),
                                row.change()
                                        .map(change -> shift(row.measure(), change))
                                        .orElse("–"),
                                word(row),
                                row.reason()))
                        .toList());
    }

    /// Returns the lines about `history`.
    public List<String> lines(History history) {
        var lines = new ArrayList<String>();
        lines.add(ink.bold(history.campaign()) + "   " + history.runs().size() + " runs");
        if (history.runs().size() < History.FEWEST) {
            lines.add(ink.dim("  a history needs at least " + History.FEWEST + " runs"));
        } else if (history.shifts().isEmpty()) {
            lines.add("  no lasting change");
        }
        for (var shift : history.shifts()) {
            lines.add("  " + Columns.left(shift.request() + " " + shift.measure(), NAME)
                    + Columns.right(value(shift.measure(), shift.before()), VALUE)
                    + Columns.right(value(shift.measure(), shift.after()), VALUE)
                    + "  since run " + shift.since().run() + ", "
                    + shift.since().startedAt().toString().substring(0, 16).replace('T', ' '));
        }
        return lines;
    }

    private String line(Row row) {
        var text = "  " + Columns.left(row.request() + " " + row.measure(), NAME)
                + Columns.right(value(row.measure(), row.before()), VALUE)
                + Columns.right(value(row.measure(), row.after()), VALUE)
                + "  "
                + Columns.left(
                        row.change().map(change -> shift(row.measure(), change)).orElse(row.reason()), SHIFT);
        return text + " " + painted(row.verdict(), word(row));
    }

    private static String word(Row row) {
        return row.verdict() == Change.SAME && row.reason().contains("noise")
                ? "in noise"
                : row.verdict().word();
    }

    private static String shift(String measure, Interval change) {
        if (measure.endsWith(SLOPE)) {
            return value(measure, change.estimate()) + " (" + value(measure, change.low()) + " .. "
                    + value(measure, change.high()) + ")";
        }
        return measure.equals("errors")
                ? percent(change.estimate()) + " points"
                : percent(change.estimate()) + " (" + percent(change.low()) + " .. " + percent(change.high()) + ")";
    }

    private static String value(String measure, double value) {
        if (measure.endsWith(SLOPE)) {
            return Figures.value(
                    value,
                    unit(measure.substring(0, measure.length() - SLOPE.length()))
                            .perHour());
        }
        return switch (measure) {
            case "errors" -> Figures.ratio(value);
            case "throughput" -> Figures.rate(value);
            default -> Figures.micros(value);
        };
    }

    private static Unit unit(String subject) {
        return switch (subject) {
            case "p50", "p95" -> Unit.SECONDS;
            case "errors" -> Unit.RATIO;
            case "throughput" -> Unit.PER_SECOND;
            default -> Readouts.unit(subject);
        };
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%+.1f%%", part * 100);
    }

    private String sign(Change change) {
        return switch (change) {
            case BETTER, SAME -> glyphs.pass();
            case WORSE -> glyphs.fail();
            case UNCLEAR -> glyphs.unknown();
        };
    }

    private String painted(Change change, String text) {
        return switch (change) {
            case BETTER -> ink.good(text);
            case SAME -> text;
            case WORSE -> ink.bad(text);
            case UNCLEAR -> ink.doubtful(text);
        };
    }
}
