package io.ordeal.campaign.screen;

import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.BurnAlert;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Saturation;
import io.ordeal.schemas.results.StepResult;
import io.ordeal.schemas.results.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What else a run has shown, in sentences: warnings, where it broke, what was at its limit, what burned, what grew.
/// The same words stand in the terminal and in the report.
public final class Insights {
    private static final int MOST_TRENDS = 5;

    private Insights() {}

    /// Returns the sentences.
    public static List<String> of(RunVerdict verdict) {
        var sentences = new ArrayList<String>();
        verdict.warnings().forEach(warning -> sentences.add("Warning: " + warning + "."));
        verdict.breakingPoints().forEach(point -> sentences.add(broke(point)));
        verdict.firstBreach().ifPresent(breach -> sentences.add(first(breach, verdict.startedAt())));
        verdict.objectives().stream()
                .flatMap(objective -> burned(objective, verdict.startedAt()).stream())
                .forEach(sentences::add);
        verdict.trends().stream()
                .filter(Insights::grew)
                .limit(MOST_TRENDS)
                .forEach(trend -> sentences.add(trend(trend)));
        if (verdict.refused() > 0) {
            sentences.add(Figures.count(verdict.refused()) + " events were of more series than are kept.");
        }
        return sentences;
    }

    /// Growth is what leaks look like; a falling throughput is what wear looks like.
    private static boolean grew(Trend trend) {
        return trend.subject().equals("throughput")
                ? trend.direction() == Direction.FALLING
                : trend.direction() == Direction.RISING;
    }

    /// Returns where a load in steps broke.
    public static String broke(BreakingPoint point) {
        var held = point.held().map(step -> level(step, point));
        if (point.broke().isEmpty()) {
            return "Phase `" + point.phase() + "` did not break"
                    + held.map(level -> ": it held up to " + level).orElse("") + ".";
        }
        var broke = point.broke().get();
        return "Phase `" + point.phase() + "` broke at " + level(broke, point)
                + (broke.failed().isEmpty() ? "" : " (" + quoted(broke.failed()) + ")")
                + held.map(level -> "; the highest step that held is " + level).orElse("; no step held")
                + (point.cause().isBlank() ? "" : "; " + point.cause().strip().replaceFirst("\\.$", "")) + ".";
    }

    /// Returns the level of a step in words.
    public static String level(StepResult step, BreakingPoint point) {
        return point.unit().equals("users")
                ? Figures.count(Math.round(step.level())) + " users"
                : Figures.rate(step.level());
    }

    private static String first(FirstBreach breach, Instant start) {
        return "The first objective was out at " + clock(breach.at(), start) + ": `" + breach.objective() + "`; "
                + (breach.saturated().isEmpty()
                        ? "no resource was seen at its limit by then"
                        : "at their limit by then: "
                                + breach.saturated().stream()
                                        .map(Insights::saturated)
                                        .collect(Collectors.joining(", ")))
                + ".";
    }

    /// Returns a resource at its limit in words.
    public static String saturated(Saturation saturation) {
        return saturation.reading() + " of " + source(saturation.source()) + " at "
                + Readouts.value(saturation.reading(), saturation.value())
                + (saturation.limit() > 0 ? " of " + Readouts.value(saturation.reading(), saturation.limit()) : "");
    }

    /// Returns `host/process` in words.
    public static String source(String source) {
        return source.endsWith("/") ? "host " + source.substring(0, source.length() - 1) : source;
    }

    private static Optional<String> burned(ObjectiveVerdict objective, Instant start) {
        return objective
                .budget()
                .filter(budget -> !budget.alerts().isEmpty())
                .map(budget -> "The budget of `" + objective.name() + "` burned too fast: "
                        + budget.alerts().stream()
                                .limit(1)
                                .map(alert -> alert(alert, start))
                                .collect(Collectors.joining())
                        + "; " + Figures.ratio(budget.spent()) + " of it is spent.");
    }

    /// Returns an alert in words.
    public static String alert(BurnAlert alert, Instant start) {
        return "rate " + Figures.number(alert.greatest()) + " over " + Figures.span(alert.longWindow()) + " (limit "
                + Figures.number(alert.threshold()) + "), first at " + clock(alert.first(), start);
    }

    private static String trend(Trend trend) {
        return "`" + trend.subject() + "`"
                + (trend.source().isEmpty() ? "" : " of " + source(trend.source()))
                + (trend.direction() == Direction.RISING ? " rose by " : " fell by ")
                + Readouts.growth(trend, Math.abs(trend.perHour())) + " ("
                + Readouts.growth(trend, trend.low()) + " to " + Readouts.growth(trend, trend.high()) + ").";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String clock(Instant at, Instant start) {
        return Figures.clock(Duration.between(start, at));
    }
}
