package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.screen.Columns;
import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Glyphs;
import io.ordeal.campaign.screen.Ink;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.fault.FaultParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Shows a plan in at most 80 columns: the timeline, the faults, what is judged and what it will make.
public final class PlanView {
    private static final int WIDTH = 80;
    private static final int MARGIN = 8;
    private static final int LANE = WIDTH - MARGIN;

    private final Plan plan;
    private final Glyphs glyphs;
    private final Ink ink;

    private PlanView(Plan plan, Glyphs glyphs, Ink ink) {
        this.plan = plan;
        this.glyphs = glyphs;
        this.ink = ink;
    }

    /// Returns the lines.
    public static List<String> lines(Plan plan, Glyphs glyphs, Ink ink) {
        return new PlanView(plan, glyphs, ink).lines();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        var campaign = plan.campaign();
        lines.add(ink.bold("PLAN  " + Columns.cut(campaign.name(), 26)) + "   " + Figures.clock(plan.duration())
                + " in all   plan " + plan.hash().substring(0, 7) + "   nothing started");
        if (!campaign.description().isEmpty()) {
            lines.addAll(wrapped("      ", campaign.description()));
        }
        lines.add("");
        lines.addAll(timeline());
        lines.add("");
        lines.addAll(phases());
        if (plan.scenarios().stream().anyMatch(scenario -> !scenario.load().isEmpty())) {
            lines.add("");
            lines.addAll(beside());
        }
        if (!plan.faults().isEmpty()) {
            lines.add("");
            lines.addAll(faults());
        }
        lines.add("");
        lines.addAll(objectives());
        lines.addAll(totals());
        for (var feeder : campaign.feeders()) {
            lines.add(Columns.cut(
                    "DATA              " + feeder.name() + ": "
                            + Figures.count(feeder.rows().size())
                            + (feeder.rows().size() == 1 ? " row, " : " rows, ")
                            + feeder.order().name().toLowerCase(Locale.ROOT),
                    WIDTH));
        }
        return lines;
    }

    private List<String> timeline() {
        var lines = new ArrayList<String>();
        lines.add(" ".repeat(MARGIN) + axis());
        var load = new StringBuilder();
        for (int i = 0; i < plan.phases().size(); i++) {
            var phase = plan.phases().get(i);
            int from = column(phase.start());
            int to = Math.max(from + 1, column(phase.start().plus(phase.duration())));
            load.append(glyph(plan.campaign().phases().get(i).load()).repeat(Math.max(0, to - load.length())));
        }
        lines.add((Columns.left("load", MARGIN) + load).stripTrailing());
        for (var fault : plan.faults()) {
            int from = Math.min(column(fault.at()), LANE - 1);
            int to = Math.max(from + 1, column(fault.end()));
            lines.add(Columns.left(fault.spec().id(), MARGIN - 1) + " " + " ".repeat(from)
                    + ink.reverse(glyphs.fault().repeat(Math.min(LANE, to) - from)));
        }
        lines.add((Columns.left("judge", MARGIN) + judged()).stripTrailing());
        return lines;
    }

    private String axis() {
        var axis = new StringBuilder(" ".repeat(LANE));
        var marks = new ArrayList<Duration>();
        marks.add(Duration.ZERO);
        marks.add(plan.duration());
        plan.phases().forEach(phase -> marks.add(phase.start()));
        plan.faults().forEach(fault -> marks.add(fault.at()));
        for (var mark : marks) {
            var text = Figures.clock(mark);
            int at = Math.min(column(mark), LANE - text.length());
            var room = axis.substring(Math.max(0, at - 1), Math.min(LANE, at + text.length() + 1));
            if (room.isBlank()) {
                axis.replace(at, at + text.length(), text);
            }
        }
        return axis.toString().stripTrailing();
    }

    private String judged() {
        var lane = new StringBuilder();
        for (var phase : plan.span()) {
            int from = column(phase.start());
            int to = Math.max(from + 1, column(phase.start().plus(phase.duration())));
            lane.append((phase.judged() ? glyphs.rest() : " ").repeat(Math.max(0, to - lane.length())));
        }
        return lane.toString();
    }

    private int column(Duration at) {
        return (int)
                Math.round((double) at.toMillis() / Math.max(1, plan.duration().toMillis()) * LANE);
    }

    private String glyph(Load load) {
        return switch (load) {
            case Load.None _ -> " ";
            case Load.Users _, Load.Iterations _, Load.Rate _, Load.Arrivals _ -> glyphs.flat();
            case Load.RampingUsers(int from, int to) -> from <= to ? glyphs.up() : glyphs.down();
            case Load.SteppedUsers(int from, int to, int _, Duration _) -> from <= to ? glyphs.up() : glyphs.down();
            case Load.RampingRate(double from, double to) -> from <= to ? glyphs.up() : glyphs.down();
            case Load.SteppedRate(double from, double to, double _, Duration _) ->
                from <= to ? glyphs.up() : glyphs.down();
        };
    }

    private List<String> phases() {
        var lines = new ArrayList<String>();
        lines.add(ink.dim("PHASE             AT        FOR        LOAD"));
        for (int i = 0; i < plan.phases().size(); i++) {
            var phase = plan.phases().get(i);
            lines.addAll(clauses(
                    Columns.left(phase.name(), 18)
                            + Columns.left(Figures.clock(phase.start()), 10)
                            + Columns.left(Figures.span(phase.duration()), 11),
                    LoadWords.of(plan.campaign().phases().get(i), plan.load().get(i))
                            + (phase.judged() ? "" : ", not judged")));
        }
        return lines;
    }

    private List<String> beside() {
        var lines = new ArrayList<String>();
        lines.add(ink.dim("BESIDE            FROM      LOAD"));
        for (int i = 0; i < plan.scenarios().size(); i++) {
            var own = plan.campaign().scenarios().get(i).load();
            var planned = plan.scenarios().get(i);
            if (!own.none()) {
                lines.addAll(clauses(
                        Columns.left(planned.name(), 18) + Columns.left(Figures.clock(planned.start()), 10),
                        LoadWords.of(own, planned.load())));
            }
        }
        return lines;
    }

    private List<String> faults() {
        var lines = new ArrayList<String>();
        lines.add(ink.dim("FAULT     AT        FOR      WHAT                         WHERE"));
        for (var fault : plan.faults()) {
            var spec = fault.spec();
            lines.add(Columns.left(spec.id(), 9) + " "
                    + Columns.left(Figures.clock(fault.at()), 10)
                    + Columns.left(Figures.span(spec.duration()), 9)
                    + Columns.left(what(fault), 28) + " "
                    + Columns.cut(spec.target(), 22));
        }
        return lines;
    }

    /// Returns a fault in words, for instance `latency 500ms, jitter 100ms`.
    public static String what(TimedFault fault) {
        var spec = fault.spec();
        var main = FaultKind.named(spec.kind()).flatMap(FaultKind::main).map(FaultParameter::name);
        var text = new StringBuilder(spec.kind());
        main.map(spec.parameters()::get).ifPresent(value -> text.append(' ').append(value));
        text.append(spec.parameters().entrySet().stream()
                .filter(entry -> !main.equals(Optional.of(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> ", " + entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining()));
        if (spec.fraction() < 1) {
            text.append(" of ").append(Figures.ratio(spec.fraction()));
        }
        return text.toString();
    }

    private List<String> objectives() {
        var lines = new ArrayList<String>();
        lines.add(ink.dim("MUST HOLD"));
        for (var entry : plan.campaign().objectives()) {
            var expression = entry.objective().expression().strip();
            lines.add("  "
                    + Columns.cut(entry.name().equals(expression) ? expression : entry.name() + ": " + expression, 76));
        }
        for (var guard : plan.campaign().guards()) {
            lines.add(Columns.cut("STOPS EARLY       when " + text(guard), WIDTH));
        }
        return lines;
    }

    private static String text(Guard guard) {
        var what = "`" + guard.objective().expression() + "`";
        return switch (guard.trip()) {
            case Guard.Lasting(var patience) when patience.isZero() -> what + " does not hold in a window";
            case Guard.Lasting(var patience) -> what + " has not held for " + Figures.span(patience);
            case Guard.Burning _ -> guard.expression().replace(guard.objective().expression(), what) + " is not so";
        };
    }

    private List<String> totals() {
        var campaign = plan.campaign();
        var estimate = plan.estimate();
        long steps = plan.requests().size();
        var lines = new ArrayList<String>();
        lines.add("TARGET            " + Columns.cut(campaign.target().text(), WIDTH - 18));
        ConnectionWords.of(campaign.settings().connections())
                .ifPresent(words -> lines.add("OVER              " + Columns.cut(words, WIDTH - 18)));
        lines.addAll(List.of(
                "LOAD              about " + Figures.count(estimate.requests()) + " requests"
                        + (estimate.exact() ? "" : ", if an answer takes 10 ms"),
                "                  " + campaign.scenarios().size()
                        + (campaign.scenarios().size() == 1 ? " scenario, " : " scenarios, ") + steps
                        + (steps == 1 ? " request; " : " requests; ")
                        + campaign.settings().segments()
                        + (campaign.settings().segments() == 1 ? " segment" : " segments") + ", seed "
                        + campaign.settings().seed(),
                "EVENTS            about " + Figures.bytes(estimate.bytes()) + " on the broker"));
        return lines;
    }

    /// Returns `text` after `head`, broken between its clauses where it is too long for a line.
    private static List<String> clauses(String head, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(head);
        for (var clause : text.splitWithDelimiters(", ", 0)) {
            if (line.length() + clause.stripTrailing().length() > WIDTH && line.length() > head.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(head.length()));
            }
            line.append(Columns.cut(clause, WIDTH - head.length()));
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static List<String> wrapped(String margin, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(margin);
        for (var word : Columns.clean(text.replaceAll("\\s+", " ")).split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > margin.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(margin);
            }
            line.append(Columns.cut(word, WIDTH - margin.length() - 1)).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
