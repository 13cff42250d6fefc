package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultRejected;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import io.ordeal.schemas.lifecycle.LifecycleEvent.InjectorAnnounced;
import io.ordeal.schemas.wire.Topic;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Faults by hand: sends a command and waits for what the injectors answer.
public final class ChaosDesk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CATCHING_UP = Duration.ofSeconds(20);
    private static final Duration ALIVE = Duration.ofSeconds(15);

    private final String run;
    private final Publisher<Command> control;
    private final DeadLetters deadLetters;
    private final RecordLoop<LifecycleEvent> events;
    private final BlockingQueue<LifecycleEvent> answers;

    private ChaosDesk(
            String run,
            Publisher<Command> control,
            DeadLetters deadLetters,
            RecordLoop<LifecycleEvent> events,
            BlockingQueue<LifecycleEvent> answers) {
        this.run = run;
        this.control = control;
        this.deadLetters = deadLetters;
        this.events = events;
        this.answers = answers;
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
        var settings = cluster.settings();
        var deadLetters = DeadLetters.open(settings);
        var answers = new LinkedBlockingQueue<LifecycleEvent>();
        var events = RecordLoop.start(
                "chaos-answers",
                settings,
                cluster.wire(),
                Topic.LIFECYCLE,
                LifecycleEvent.class,
                new RecordLoop.End(),
                received -> answers.add(received.value()),
                deadLetters);
        var control = Publisher.open(settings, cluster.wire(), Topic.CONTROL, Command.class);
        return new ChaosDesk(run, control, deadLetters, events, answers);
    }

    /// Injects `fault`; returns when an injector says that it acts, or why not.
    public Answer inject(FaultSpec fault) {
        send(new Command.InjectFault(fault));
        return answerTo(fault.id());
    }

    /// Waits for what an injector says to the wish for the fault of that id, whoever sent it.
    public Answer answerTo(String fault) {
        return await(event -> applied(fault, event))
                .orElse(new Answer(false, List.of("no injector answered within " + PATIENCE.toSeconds() + " s")));
    }

    /// Clears the fault of that id; returns when an injector says that it is gone.
    public Answer clear(String fault) {
        send(new Command.ClearFault(fault, "by hand"));
        return await(event -> reverted(fault, event))
                .orElse(new Answer(
                        false,
                        List.of("no injector has reverted " + fault + ": none has it in force, or none is alive")));
    }

    /// Clears every fault on every injector; returns when those that were in force are gone.
    public Answer clearAll() {
        send(new Command.ClearAllFaults("by hand"));
        var lines = new ArrayList<String>();
        var quiet = await(event -> {
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
        events.close();
        control.close();
        deadLetters.close();
    }

    /// Returns the targets that injectors have announced, line by line.
    public static List<String> targets(Cluster cluster) {
        Map<String, InjectorAnnounced> announced = new TreeMap<>();
        for (var event : history(cluster)) {
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
        for (var event : history(cluster)) {
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

    private static List<LifecycleEvent> history(Cluster cluster) {
        var events = new LinkedBlockingQueue<LifecycleEvent>();
        try (var deadLetters = DeadLetters.open(cluster.settings());
                var loop = RecordLoop.start(
                        "chaos-history",
                        cluster.settings(),
                        cluster.wire(),
                        Topic.LIFECYCLE,
                        LifecycleEvent.class,
                        new RecordLoop.Beginning(),
                        received -> events.add(received.value()),
                        deadLetters)) {
            if (!loop.awaitCaughtUp(CATCHING_UP)) {
                throw new IllegalStateException("the lifecycle topic could not be read to its end");
            }
        }
        return List.copyOf(events);
    }

    private void send(Command.Action action) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var id = "desk-" + RunId.next(new SecureRandom());
        control.publish(run, new Command(id, run, now, Optional.empty(), "ordeal chaos", action))
                .join();
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

    private <T> Optional<T> await(Function<LifecycleEvent, Optional<T>> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                var event = Optional.ofNullable(answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
                var found = event.flatMap(wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
