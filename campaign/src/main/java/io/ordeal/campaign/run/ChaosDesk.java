package io.ordeal.campaign.run;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Faults by hand: sends a command and waits for what the injectors answer.
public final class ChaosDesk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ALIVE = Duration.ofSeconds(15);

    private final Correspondence correspondence;

    private ChaosDesk(Correspondence correspondence) {
        this.correspondence = correspondence;
    }

    /// What came of a command, line by line for a person.
    ///
    /// @param done whether what was asked for is so now
    public record Answer(boolean done, List<String> lines) {
        public Answer {
            lines = List.copyOf(lines);
        }
    }

    /// Opens a desk for faults of `run`.
    public static ChaosDesk open(Cluster cluster, String run) {
        return new ChaosDesk(Correspondence.open(cluster, run, "ordeal chaos"));
    }

    /// Injects `fault`; returns when an injector says that it acts, or why not.
    public Answer inject(FaultSpec fault) {
        correspondence.send(new Command.InjectFault(fault));
        return answerTo(fault.id());
    }

    /// Waits for what an injector says to the wish for the fault of that id, whoever sent it.
    public Answer answerTo(String fault) {
        return correspondence
                .await(PATIENCE, event -> applied(fault, event))
                .orElse(new Answer(false, List.of("no injector answered within " + PATIENCE.toSeconds() + " s")));
    }

    /// Clears the fault of that id; returns when an injector says that it is gone.
    public Answer clear(String fault) {
        correspondence.send(new Command.ClearFault(fault, "by hand"));
        return correspondence
                .await(PATIENCE, event -> reverted(fault, event))
                .orElse(new Answer(
                        false,
                        List.of("no injector has reverted " + fault + ": none has it in force, or none is alive")));
    }

    /// Clears every fault on every injector; returns when those that were in force are gone.
    public Answer clearAll() {
        correspondence.send(new Command.ClearAllFaults("by hand"));
        var lines = new ArrayList<String>();
        var quiet = correspondence.await(PATIENCE, event -> {
            reverted("", event).ifPresent(answer -> lines.addAll(answer.lines()));
            return event.event() instanceof Heartbeat beat
                            && beat.faults().isEmpty()
                            && !beat.component().isEmpty()
                    ? Optional.of(true)
                    : Optional.empty();
        });
        lines.add(quiet.isPresent() ? "no fault is in force" : "no injector has answered");
        return new Answer(quiet.isPresent(), lines);
    }

    @Override
    public void close() {
        correspondence.close();
    }

    /// Returns the targets that injectors have announced, line by line.
    public static List<String> targets(Cluster cluster) {
        Map<String, InjectorAnnounced> announced = new TreeMap<>();
        for (var event : Correspondence.history(cluster)) {
            if (event.event() instanceof InjectorAnnounced found) {
                announced.put(event.source(), found);
            }
        }
        var lines = new ArrayList<String>();
        announced.forEach((source, found) -> {
            lines.add(source);
            found.targets()
                    .forEach(target ->
                            lines.add("  %-20s %s".formatted(target.name(), String.join(" ", target.kinds()))));
            found.mechanisms()
                    .forEach(mechanism -> lines.add("  %-20s %s%s"
                            .formatted(
                                    mechanism.name(),
                                    mechanism.available() ? "available" : "not available",
                                    mechanism.detail().isEmpty() ? "" : ": " + mechanism.detail())));
        });
        return lines.isEmpty() ? List.of("no injector has announced itself on this cluster") : lines;
    }

    /// Returns the faults in force and the injectors that are alive, line by line.
    public static List<String> status(Cluster cluster) {
        Map<String, Instant> heard = new TreeMap<>();
        Map<String, String> inForce = new TreeMap<>();
        for (var event : Correspondence.history(cluster)) {
            var key = event.run() + "/";
            switch (event.event()) {
                case FaultApplied applied ->
                    inForce.put(
                            key + applied.fault(),
                            "%s %s on %s since %s"
                                    .formatted(applied.fault(), applied.kind(), applied.target(), applied.actedAt()));
                case FaultReverted reverted -> inForce.remove(key + reverted.fault());
                case FaultFailed failed -> inForce.remove(key + failed.fault());
                default -> {
                    // says nothing about faults in force
                }
            }
            if (event.source().startsWith("chaos-injector")) {
                heard.merge(event.source(), event.at(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        var lines = new ArrayList<String>();
        heard.forEach((source, at) -> lines.add(source
                + (at.isAfter(Instant.now().minus(ALIVE))
                        ? " alive"
                        : " last heard " + at.truncatedTo(ChronoUnit.SECONDS))));
        inForce.values().forEach(fault -> lines.add("in force: " + fault));
        if (inForce.isEmpty()) {
            lines.add("no fault is in force");
        }
        return lines;
    }

    private Optional<Answer> applied(String fault, LifecycleEvent event) {
        return switch (event.event()) {
            case FaultApplied applied
            when applied.fault().equals(fault) ->
                Optional.of(new Answer(
                        true,
                        List.of(
                                "%s %s on %s is in force".formatted(fault, applied.kind(), applied.target()),
                                "evidence: " + new TreeMap<>(applied.evidence()))));
            case FaultRejected rejected
            when rejected.fault().equals(fault) ->
                Optional.of(new Answer(
                        false,
                        rejected.reasons().stream()
                                .map(why -> "rejected: " + why)
                                .toList()));
            case FaultFailed failed
            when failed.fault().equals(fault) ->
                Optional.of(new Answer(
                        false,
                        List.of("failed: " + failed.reason() + (failed.undone() ? " (undone)" : " (NOT undone)"))));
            default -> Optional.empty();
        };
    }

    /// An empty `fault` stands for any.
    private Optional<Answer> reverted(String fault, LifecycleEvent event) {
        return switch (event.event()) {
            case FaultReverted reverted
            when fault.isEmpty() || reverted.fault().equals(fault) ->
                Optional.of(new Answer(true, List.of(reverted.fault() + " is reverted")));
            case FaultFailed failed
            when fault.isEmpty() || failed.fault().equals(fault) ->
                Optional.of(new Answer(false, List.of(failed.fault() + " failed: " + failed.reason())));
            default -> Optional.empty();
        };
    }
}
