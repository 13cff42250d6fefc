package io.ordeal.campaign.run;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the injectors may do and are doing, line by line, at most 80 columns wide where names allow it.
public final class ChaosView {
    private static final int WIDTH = 80;
    private static final String INDENT = "    ";

    private ChaosView() {}

    /// A fault in force.
    ///
    /// @param accepted how long it lasts, and with what lease, where that is known
    private record InForce(String run, FaultApplied fault, Optional<Accepted> accepted) {
        List<String> lines() {
            var left = accepted.map(how -> Duration.between(Instant.now(), how.endsAt()))
                    .filter(Duration::isPositive)
                    .map(time -> ", " + Figures.span(time.truncatedTo(ChronoUnit.SECONDS)) + " left")
                    .orElse("");
            var lines = new ArrayList<String>();
            lines.add("in force: %s %s on %s since %s%s"
                    .formatted(
                            fault.fault(),
                            fault.kind(),
                            fault.target(),
                            fault.actedAt().truncatedTo(ChronoUnit.SECONDS),
                            left));
            lines.addAll(wrapped("run " + run
                    + accepted.flatMap(Accepted::lease)
                            .map(lease -> ", renewed every " + Figures.span(lease) + " or less")
                            .orElse("")));
            lines.addAll(wrapped(FaultWords.evidence(new TreeMap<>(fault.evidence()))));
            return lines;
        }
    }

    private record Accepted(Instant endsAt, Optional<Duration> lease) {}

    /// Returns the targets that living injectors have announced.
    public static List<String> targets(Cluster cluster) {
        var lines = new ArrayList<String>();
        for (var injector : Injectors.of(cluster).known().values()) {
            lines.add(injector.name() + (injector.alive() ? "" : " (not heard lately)"));
            for (var target : injector.announced().targets()) {
                lines.add("  " + target.name());
                lines.addAll(wrapped(target.kinds().isEmpty() ? "nothing" : String.join(" ", target.kinds())));
                new TreeMap<>(target.impossible())
                        .forEach((kind, reason) -> lines.addAll(wrapped("not " + kind + ": " + reason)));
            }
            for (var mechanism : injector.announced().mechanisms()) {
                lines.addAll(wrapped("by %s%s%s"
                        .formatted(
                                mechanism.name(),
                                mechanism.available() ? "" : " (not available)",
                                mechanism.detail().isEmpty() ? "" : ": " + mechanism.detail())));
            }
        }
        return lines.isEmpty() ? List.of("no chaos injector is alive on this cluster") : lines;
    }

    /// Returns the injectors that are alive and the faults in force.
    public static List<String> status(Cluster cluster) {
        var history = Correspondence.history(cluster);
        var lines = new ArrayList<String>();
        for (var injector : Injectors.among(history).known().values()) {
            lines.add(injector.name()
                    + (injector.alive()
                            ? " alive"
                            : " last heard " + injector.heardAt().truncatedTo(ChronoUnit.SECONDS)));
        }
        var inForce = inForce(history);
        inForce.forEach(fault -> lines.addAll(fault.lines()));
        if (inForce.isEmpty()) {
            lines.add("no fault is in force");
        }
        return lines;
    }

    /// Returns the run of the fault in force with that id, where there is just one.
    public static Optional<String> runOf(Cluster cluster, String fault) {
        var runs = inForce(Correspondence.history(cluster)).stream()
                .filter(found -> found.fault().fault().equals(fault))
                .map(InForce::run)
                .toList();
        return runs.size() == 1 ? Optional.of(runs.getFirst()) : Optional.empty();
    }

    private static List<InForce> inForce(Collection<LifecycleEvent> history) {
        Map<String, Accepted> all = new HashMap<>();
        Map<String, InForce> inForce = new TreeMap<>();
        for (var event : history) {
            var key = event.run() + "/";
            switch (event.event()) {
                case FaultAccepted accepted ->
                    all.put(
                            key + accepted.fault(),
                            new Accepted(event.at().plus(accepted.duration()), accepted.lease()));
                case FaultApplied applied ->
                    inForce.put(
                            key + applied.fault(),
                            new InForce(event.run(), applied, Optional.ofNullable(all.get(key + applied.fault()))));
                case FaultReverted reverted -> inForce.remove(key + reverted.fault());
                case FaultFailed failed -> inForce.remove(key + failed.fault());
                default -> {
                    // says nothing about faults in force
                }
            }
        }
        return List.copyOf(inForce.values());
    }

    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(INDENT);
        for (var word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT + "  ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
