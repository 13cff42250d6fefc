package io.ordeal.campaign.screen;

import io.ordeal.campaign.screen.RunProgress.FaultMark;
import io.ordeal.campaign.screen.RunProgress.PhaseMark;
import io.ordeal.campaign.screen.RunProgress.Standing;
import io.ordeal.campaign.screen.RunProgress.Where;
import io.ordeal.schemas.objective.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Shows how a run stands, as a block of lines no wider than the terminal.
public final class ProgressView {
    private static final int MARGIN = 8;
    private static final int NARROW = 60;
    private static final int MOST_OBJECTIVES = 8;

    private final RunProgress progress;
    private final Glyphs glyphs;
    private final Ink ink;
    private final int width;

    private ProgressView(RunProgress progress, Terminal terminal) {
        this.progress = progress;
        this.glyphs = terminal.glyphs();
        this.ink = terminal.ink();
        this.width = terminal.width();
    }

    /// Returns the lines.
    public static List<String> lines(RunProgress progress, Terminal terminal) {
        var view = new ProgressView(progress, terminal);
        return view.width < NARROW ? view.narrow() : view.wide();
    }

    private List<String> wide() {
        var lines = new ArrayList<String>();
        lines.add(head());
        progress.links().forEach(link -> lines.add(Columns.cut(link, width)));
        lines.add("");
        lines.add(phase());
        lines.add(" ".repeat(MARGIN) + bar());
        lines.addAll(lanes());
        lines.addAll(inForce());
        lines.add("");
        lines.addAll(traffic());
        progress.warnings().forEach(warning -> lines.add(ink.doubtful(Columns.cut("doubt   " + warning, width))));
        if (!progress.objectives().isEmpty()) {
            lines.add("");
            lines.addAll(objectives());
        }
        lines.add("");
        lines.add(ink.dim(Columns.cut(hint(), width)));
        return lines;
    }

    private List<String> narrow() {
        var lines = new ArrayList<String>();
        lines.add(phase());
        lines.addAll(inForce());
        progress.objectives().stream()
                .filter(standing -> standing.state() == Where.OUT)
                .forEach(standing -> lines.add(ink.bad(Columns.cut(glyphs.fail() + " " + standing.name(), width))));
        return lines;
    }

    private String head() {
        var clock = Figures.clock(progress.elapsed()) + " of " + Figures.clock(progress.total());
        var name = Columns.cut(progress.campaign(), Math.max(10, width - 40));
        var left = "ordeal  " + name + "  run " + Columns.clean(progress.run());
        return "ordeal  " + ink.bold(name) + left.substring(("ordeal  " + name).length())
                + Columns.right(clock, Math.max(clock.length() + 1, width - left.length()));
    }

    private String phase() {
        if (progress.stage() != RunProgress.Stage.RUNNING) {
            return Columns.cut("phase   " + progress.stage().words(), width);
        }
        var names = progress.phases().stream().map(this::phase).collect(Collectors.joining("  "));
        long begun = progress.phases().stream()
                .filter(phase -> progress.elapsed().compareTo(phase.start()) >= 0)
                .count();
        var right = begun + " of " + progress.phases().size() + Columns.right(percent(), 7);
        return "phase   " + Columns.left(names, width - MARGIN - right.length() - 1) + " " + right;
    }

    private String phase(PhaseMark phase) {
        if (phase.over(progress.elapsed())) {
            return glyphs.pass() + " " + phase.name();
        }
        return phase.underWay(progress.elapsed())
                ? glyphs.running() + " " + phase.name() + " " + phase.load()
                : glyphs.waiting() + " " + phase.name();
    }

    private String percent() {
        return Math.round(100 * done()) + " %";
    }

    private double done() {
        return Math.min(
                1,
                (double) progress.elapsed().toMillis()
                        / Math.max(1, progress.total().toMillis()));
    }

    private String bar() {
        int lane = width - MARGIN;
        int full = (int) Math.floor(done() * lane);
        return full >= lane
                ? glyphs.full().repeat(lane)
                : glyphs.full().repeat(full) + glyphs.tip() + glyphs.rest().repeat(lane - full - 1);
    }

    private List<String> lanes() {
        if (progress.faults().isEmpty()) {
            return List.of();
        }
        var lane = new StringBuilder(" ".repeat(width - MARGIN));
        for (var fault : progress.faults()) {
            int from = column(fault.since().orElse(fault.at()));
            int to = Math.max(from + 1, column(fault.since().orElse(fault.at()).plus(fault.duration())));
            for (int i = from; i < Math.min(to, lane.length()); i++) {
                lane.replace(i, i + 1, glyphs.fault());
            }
        }
        return List.of(
                "faults  " + lane.toString().stripTrailing(),
                " ".repeat(MARGIN + Math.min(column(progress.elapsed()), width - MARGIN - 1)) + glyphs.now());
    }

    private int column(Duration at) {
        return (int) Math.min(
                width - MARGIN - 1,
                at.toMillis() * (width - MARGIN) / Math.max(1, progress.total().toMillis()));
    }

    private List<String> inForce() {
        return progress.faults().stream()
                .flatMap(fault -> switch (fault.state()) {
                    case IN_FORCE -> List.of(ink.reverse(acting(fault))).stream();
                    case ASKED -> List.of(asked(fault)).stream();
                    case FAILED ->
                        List.of(ink.bad(Columns.cut("fault   " + fault.id() + " failed: " + fault.note(), width)))
                                .stream();
                    case PLANNED, REVERTED -> List.<String>of().stream();
                })
                .toList();
    }

    private String acting(FaultMark fault) {
        var since = progress.elapsed().minus(fault.since().orElse(progress.elapsed()));
        var left = fault.duration().minus(since);
        var times = "in force " + seconds(since)
                + (left.isNegative() ? "  being reverted" : "  reverts itself in " + seconds(left));
        var what = fault.id() + " " + fault.what() + " " + fault.target();
        return "FAULT   " + Columns.left(what, Math.max(1, width - MARGIN - times.length() - 1)) + " " + times;
    }

    private String asked(FaultMark fault) {
        return Columns.cut(
                "fault   " + fault.id() + " " + fault.what() + " " + fault.target() + "  asked for, not yet confirmed",
                width);
    }

    private static String seconds(Duration duration) {
        return Math.max(0, Math.round(duration.toMillis() / 1000.0)) + " s";
    }

    private List<String> traffic() {
        var traffic = progress.traffic();
        var lines = new ArrayList<String>();
        var asked = traffic.askedPerSecond()
                .map(rate -> "asked " + Figures.rate(rate) + "   ")
                .orElse("");
        lines.add(Columns.cut(
                "load    " + asked + "sent " + Figures.rate(traffic.sentPerSecond()) + "   answered "
                        + Figures.rate(traffic.answeredPerSecond()) + "   dropped " + Figures.count(traffic.dropped())
                        + "   in flight " + Figures.count(traffic.inFlight()),
                width));
        lines.add(Columns.cut(
                traffic.latency()
                        .map(latency -> "latency p50 " + Figures.micros(latency.p50()) + "   p95 "
                                + Figures.micros(latency.p95()) + "   p99 " + Figures.micros(latency.p99()) + "   max "
                                + Figures.micros(latency.max()))
                        .orElse("latency " + glyphs.none()),
                width));
        var named = Outcomes.named(traffic.last()).entrySet().stream()
                .map(entry -> "   " + entry.getKey() + " " + Figures.count(entry.getValue()))
                .collect(Collectors.joining());
        lines.add(Columns.cut(
                "errors  " + Figures.ratio(Outcomes.ratio(traffic.last())) + named + "   so far "
                        + Figures.count(Outcomes.errors(traffic.sum())) + " of "
                        + Figures.count(Outcomes.total(traffic.sum())),
                width));
        return lines;
    }

    private List<String> objectives() {
        int name = width - 43;
        var lines = new ArrayList<String>();
        lines.add(ink.dim(Columns.left("        objective", MARGIN + name)
                + Columns.right("limit", 10)
                + Columns.right("now", 11)
                + Columns.right("so far", 14)));
        var sorted = progress.objectives().stream()
                .sorted(Comparator.comparing(Standing::state))
                .toList();
        long out = sorted.stream().filter(one -> one.state() == Where.OUT).count();
        long shown = Math.max(out, MOST_OBJECTIVES);
        sorted.stream().limit(shown).forEach(standing -> lines.add(objective(standing, name)));
        if (sorted.size() > shown) {
            lines.add(" ".repeat(MARGIN) + "and " + (sorted.size() - shown) + " more, none of them out");
        }
        return lines;
    }

    private String objective(Standing standing, int name) {
        var mark = switch (standing.state()) {
            case OUT -> ink.bad(Columns.left(glyphs.fail() + " out", MARGIN));
            case IN -> ink.good(Columns.left(glyphs.pass() + " in", MARGIN));
            case WAITING -> Columns.left(glyphs.waiting() + " wait", MARGIN);
        };
        var now = standing.now()
                .map(value -> Figures.observed(value, standing.limit(), standing.unit()))
                .orElse(glyphs.none());
        var soFar =
                standing.windows() == 0 ? glyphs.none() : standing.windowsOut() + " of " + standing.windows() + " out";
        return mark
                + Columns.left(standing.name(), name)
                + Columns.right(limit(standing), 10)
                + Columns.right(now, 11)
                + Columns.right(soFar, 14);
    }

    private static String limit(Standing standing) {
        Unit unit = standing.unit();
        return Figures.value(standing.limit(), unit);
    }

    private String hint() {
        return switch (progress.stage()) {
            case PREPARING, RUNNING -> "ctrl-c  stop: revert faults, then judge what ran";
            case STOPPING -> "ctrl-c  again: abort, no verdict";
            case JUDGING -> "        the last windows close";
        };
    }
}
