package io.ordeal.campaign.run;

import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.CommandRefused;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRehearsed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Faults by hand: sends a command and waits for what the injectors answer.
public final class ChaosDesk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Correspondence correspondence;

    private ChaosDesk(Cluster cluster, Correspondence correspondence) {
        this.cluster = cluster;
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
        return new ChaosDesk(cluster, Correspondence.open(cluster, run, "ordeal chaos"));
    }

    /// Injects `fault`; returns when an injector says that it acts, or why not.
    public Answer inject(FaultSpec fault) {
        var unknown = Injectors.of(cluster).unknown(fault.target());
        if (unknown.isPresent()) {
            return new Answer(false, unknown.get());
        }
        correspondence.send(new Command.InjectFault(fault));
        return answerTo(fault.id());
    }

    /// Asks what injecting `fault` would do; nothing is done.
    public Answer rehearse(FaultSpec fault) {
        var unknown = Injectors.of(cluster).unknown(fault.target());
        if (unknown.isPresent()) {
            return new Answer(false, unknown.get());
        }
        var command = correspondence.send(new Command.InjectFault(fault, true));
        return correspondence
                .await(PATIENCE, event -> switch (event.event()) {
                    case FaultRehearsed(var _, var asked, var steps)
                    when asked.equals(command) -> Optional.of(new Answer(true, rehearsed(fault, steps)));
                    case FaultRejected(var _, var asked, var reasons)
                    when asked.equals(command) -> Optional.of(new Answer(false, rejected(reasons)));
                    default -> Optional.<Answer>empty();
                })
                .orElseGet(ChaosDesk::silence);
    }

    private static List<String> rehearsed(FaultSpec fault, List<String> steps) {
        var lines = new ArrayList<String>();
        lines.add("%s on %s would do, and has not done:".formatted(fault.kind(), fault.target()));
        for (int i = 0; i < steps.size(); i++) {
            lines.add("  %d. %s".formatted(i + 1, steps.get(i)));
        }
        return lines;
    }

    /// Waits for what an injector says to the wish for the fault of that id, whoever sent it.
    public Answer answerTo(String fault) {
        return correspondence.await(PATIENCE, event -> applied(fault, event)).orElseGet(ChaosDesk::silence);
    }

    /// Renews the lease of `faults`, which are in force, until all of them have ended or `enough` says so; then those
    /// that are left are cleared.
    public Answer hold(Set<String> faults, Duration lease, BooleanSupplier enough) {
        var left = new HashSet<>(faults);
        var lines = new ArrayList<String>();
        try (var _ = LeaseKeeper.start(lease, () -> true, () -> correspondence.send(new Command.RenewFaults()))) {
            while (!left.isEmpty() && !enough.getAsBoolean()) {
                correspondence.await(LOOK, event -> ended(left, event)).ifPresent(lines::add);
            }
        }
        boolean good = true;
        for (var fault : List.copyOf(left)) {
            var cleared = clear(fault);
            good &= cleared.done();
            lines.addAll(cleared.lines());
        }
        return new Answer(good, lines);
    }

    private static Optional<String> ended(Set<String> left, LifecycleEvent event) {
        return switch (event.event()) {
            case FaultReverted reverted
            when left.remove(reverted.fault()) ->
                Optional.of("%s is reverted: %s".formatted(reverted.fault(), FaultWords.cause(reverted.cause())));
            case FaultFailed failed
            when left.remove(failed.fault()) -> Optional.of(failed.fault() + " failed: " + failed.reason());
            default -> Optional.empty();
        };
    }

    /// Clears the fault of that id; returns when an injector says that it is gone.
    public Answer clear(String fault) {
        var asked = Injectors.of(cluster).alive();
        var command = correspondence.send(new Command.ClearFault(fault, "by hand"));
        return correspondence
                .await(PATIENCE, event -> {
                    if (event.event() instanceof CommandRefused(var refused, var _) && refused.equals(command)) {
                        asked.remove(event.source());
                        return asked.isEmpty() ? Optional.of(unknownFault(fault)) : Optional.empty();
                    }
                    return reverted(fault, event);
                })
                .orElseGet(() -> unknownFault(fault));
    }

    private static Answer unknownFault(String fault) {
        return new Answer(
                false, List.of("no injector has reverted " + fault + ": none has it in force, or none is alive"));
    }

    /// Clears every fault on every injector; returns when each that lives has said which faults it ends, and that they
    /// are gone.
    public Answer clearAll() {
        var silent = Injectors.of(cluster).alive();
        if (silent.isEmpty()) {
            return new Answer(false, List.of("no chaos injector is alive on this cluster"));
        }
        var lever = new Lever(correspondence.run(), silent);
        correspondence.send(new Command.ClearAllFaults("by hand"));
        boolean over = correspondence.await(PATIENCE, lever::see).isPresent();
        return lever.answer(over);
    }

    /// What the injectors say to the one lever.
    private record Lever(String run, Set<String> silent, Map<String, Set<String>> ending, List<String> lines) {
        Lever(String run, Set<String> silent) {
            this(run, silent, new HashMap<>(), new ArrayList<>());
        }

        Optional<Boolean> see(LifecycleEvent event) {
            var source = event.source();
            switch (event.event()) {
                case Heartbeat beat
                when event.run().equals(run) && silent.remove(source) ->
                    ending.put(source, new HashSet<>(beat.faults()));
                case FaultReverted reverted -> {
                    lines.add(reverted.fault() + " is reverted");
                    ending.getOrDefault(source, new HashSet<>()).remove(reverted.fault());
                }
                case FaultFailed failed -> {
                    lines.add(failed.fault() + " failed: " + failed.reason());
                    if (failed.undone()) {
                        ending.getOrDefault(source, new HashSet<>()).remove(failed.fault());
                    }
                }
                default -> {
                    // says nothing about the end of a fault
                }
            }
            boolean over = silent.isEmpty() && ending.values().stream().allMatch(Set::isEmpty);
            return over ? Optional.of(true) : Optional.empty();
        }

        Answer answer(boolean over) {
            var all = new ArrayList<>(lines);
            silent.forEach(source -> all.add(source + " has not answered"));
            ending.forEach((source, faults) -> faults.forEach(fault -> all.add(source + " has not reverted " + fault)));
            if (over) {
                all.add("no fault is in force");
            }
            return new Answer(over, all);
        }
    }

    @Override
    public void close() {
        correspondence.close();
    }

    private static Answer silence() {
        return new Answer(false, List.of("no injector answered within " + PATIENCE.toSeconds() + " s"));
    }

    private static List<String> rejected(List<String> reasons) {
        return reasons.stream().map(why -> "rejected: " + why).toList();
    }

    private Optional<Answer> applied(String fault, LifecycleEvent event) {
        return switch (event.event()) {
            case FaultApplied applied
            when applied.fault().equals(fault) ->
                Optional.of(new Answer(
                        true,
                        List.of(
                                "%s %s on %s is in force".formatted(fault, applied.kind(), applied.target()),
                                "evidence: " + FaultWords.evidence(new TreeMap<>(applied.evidence())))));
            case FaultRejected rejected
            when rejected.fault().equals(fault) -> Optional.of(new Answer(false, rejected(rejected.reasons())));
            case FaultFailed failed
            when failed.fault().equals(fault) ->
                Optional.of(new Answer(
                        false,
                        List.of("failed: " + failed.reason() + (failed.undone() ? " (undone)" : " (NOT undone)"))));
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> reverted(String fault, LifecycleEvent event) {
        return switch (event.event()) {
            case FaultReverted reverted
            when reverted.fault().equals(fault) -> Optional.of(new Answer(true, List.of(fault + " is reverted")));
            case FaultFailed failed
            when failed.fault().equals(fault) ->
                Optional.of(new Answer(failed.undone(), List.of(fault + " failed: " + failed.reason())));
            default -> Optional.empty();
        };
    }
}
