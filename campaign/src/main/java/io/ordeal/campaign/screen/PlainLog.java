package io.ordeal.campaign.screen;

import io.ordeal.campaign.screen.RunProgress.FaultMark;
import io.ordeal.campaign.screen.RunProgress.Stage;
import io.ordeal.campaign.screen.RunProgress.Standing;
import io.ordeal.campaign.screen.RunProgress.Where;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Turns a run's progress into lines for a file or a CI log: one for each change and one every thirty seconds. The
/// first
/// two columns are the time and the kind, so that `grep ' out '` works. ASCII only. Not thread-safe.
public final class PlainLog {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Optional<RunProgress> before = Optional.empty();
    private Instant spoke = Instant.EPOCH;

    /// Returns the lines for what has changed since the last call.
    public List<String> next(RunProgress progress, Instant now) {
        var lines = new ArrayList<String>();
        if (before.isEmpty()) {
            lines.add(line(
                    now,
                    "run",
                    progress.run() + " " + progress.campaign() + " " + Figures.clock(progress.total()) + " "
                            + progress.faults().size() + " faults "
                            + progress.objectives().size() + " objectives"));
            spoke = now;
        }
        progress.links().stream()
                .filter(link -> before.stream().noneMatch(one -> one.links().contains(link)))
                .forEach(link -> lines.add(line(now, "link", link)));
        stage(progress, now, lines);
        phases(progress, now, lines);
        faults(progress, now, lines);
        objectives(progress, now, lines);
        progress.warnings().stream()
                .filter(warning ->
                        before.stream().noneMatch(one -> one.warnings().contains(warning)))
                .forEach(warning -> lines.add(line(now, "warn", warning)));
        if (Duration.between(spoke, now).compareTo(HEARTBEAT) >= 0) {
            lines.add(line(now, "stats", stats(progress)));
            spoke = now;
        }
        before = Optional.of(progress);
        return lines;
    }

    /// Returns a line of any kind, with the text made harmless.
    public static String line(Instant at, String kind, String text) {
        var ascii = Columns.clean(text).replaceAll("[^\\x20-\\x7e]", "?");
        return CLOCK.format(at) + " " + Columns.left(kind, 7) + " " + ascii;
    }

    private void stage(RunProgress progress, Instant now, List<String> lines) {
        var stage = before.map(RunProgress::stage).orElse(Stage.PREPARING);
        if (progress.stage() != stage && progress.stage() != Stage.RUNNING) {
            lines.add(line(now, "run", progress.stage().words()));
        }
    }

    private void phases(RunProgress progress, Instant now, List<String> lines) {
        if (progress.stage() != Stage.RUNNING) {
            return;
        }
        var elapsed = before.filter(one -> one.stage() == Stage.RUNNING).map(RunProgress::elapsed);
        for (int i = 0; i < progress.phases().size(); i++) {
            var phase = progress.phases().get(i);
            boolean begun = progress.elapsed().compareTo(phase.start()) >= 0;
            boolean known =
                    elapsed.filter(then -> then.compareTo(phase.start()) >= 0).isPresent();
            if (begun && !known) {
                lines.add(line(
                        now,
                        "phase",
                        (i + 1) + "/" + progress.phases().size() + " " + phase.name() + ", " + phase.load() + " for "
                                + Figures.span(phase.duration())));
            }
        }
    }

    private void faults(RunProgress progress, Instant now, List<String> lines) {
        for (var fault : progress.faults()) {
            var earlier = before.stream()
                    .flatMap(one -> one.faults().stream())
                    .filter(one -> one.id().equals(fault.id()))
                    .map(FaultMark::state)
                    .findFirst();
            if (earlier.equals(Optional.of(fault.state()))) {
                continue;
            }
            var what = fault.id() + " " + fault.what() + " " + fault.target();
            switch (fault.state()) {
                case PLANNED -> {}
                case ASKED -> lines.add(line(now, "fault", what + " asked for"));
                case IN_FORCE ->
                    lines.add(line(now, "fault", what + " in force, confirmed, for " + Figures.span(fault.duration())));
                case REVERTED -> lines.add(line(now, "fault", fault.id() + " reverted, confirmed"));
                case FAILED -> lines.add(line(now, "fault", what + " failed: " + fault.note()));
            }
        }
    }

    private void objectives(RunProgress progress, Instant now, List<String> lines) {
        for (var standing : progress.objectives()) {
            var earlier = before.stream()
                    .flatMap(one -> one.objectives().stream())
                    .filter(one -> one.name().equals(standing.name()))
                    .map(Standing::state)
                    .findFirst()
                    .orElse(Where.WAITING);
            var observed = standing.now()
                    .map(value -> ": " + Figures.observed(value, standing.limit(), standing.unit()) + ", limit "
                            + Figures.value(standing.limit(), standing.unit()))
                    .orElse("");
            if (standing.state() == Where.OUT && earlier != Where.OUT) {
                lines.add(line(now, "out", standing.name() + observed));
            } else if (standing.state() == Where.IN && earlier == Where.OUT) {
                lines.add(line(now, "back", standing.name() + observed));
            }
        }
    }

    private static String stats(RunProgress progress) {
        var traffic = progress.traffic();
        var latency = traffic.latency()
                .map(one -> " p50 " + tight(Figures.micros(one.p50())) + " p99 " + tight(Figures.micros(one.p99())))
                .orElse("");
        return "sent " + Figures.rate(traffic.sentPerSecond()) + " answered "
                + Figures.rate(traffic.answeredPerSecond()) + latency + " err "
                + tight(Figures.ratio(Outcomes.ratio(traffic.last()))) + " dropped " + traffic.dropped();
    }

    private static String tight(String text) {
        return text.replace(" ", "");
    }
}
