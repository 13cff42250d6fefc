package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.wire.Topic;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Commands by hand, and what is said on the lifecycle topic from then on.
final class Correspondence implements AutoCloseable {
    private static final Duration CATCHING_UP = Duration.ofSeconds(20);

    private final String issuer;
    private final String run;
    private final Publisher<Command> control;
    private final DeadLetters deadLetters;
    private final RecordLoop<LifecycleEvent> events;
    private final BlockingQueue<LifecycleEvent> answers;

    private Correspondence(
            String issuer,
            String run,
            Publisher<Command> control,
            DeadLetters deadLetters,
            RecordLoop<LifecycleEvent> events,
            BlockingQueue<LifecycleEvent> answers) {
        this.issuer = issuer;
        this.run = run;
        this.control = control;
        this.deadLetters = deadLetters;
        this.events = events;
        this.answers = answers;
    }

    /// Opens it for commands about `run`.
    ///
    /// @param issuer who asks
    static Correspondence open(Cluster cluster, String run, String issuer) {
        var settings = cluster.settings();
        var deadLetters = DeadLetters.open(settings);
        var answers = new LinkedBlockingQueue<LifecycleEvent>();
        var events = RecordLoop.start(
                "answers",
                settings,
                cluster.wire(),
                Topic.LIFECYCLE,
                LifecycleEvent.class,
                new RecordLoop.End(),
                received -> answers.add(received.value()),
                deadLetters);
        var control = Publisher.open(settings, cluster.wire(), Topic.CONTROL, Command.class);
        return new Correspondence(issuer, run, control, deadLetters, events, answers);
    }

    String run() {
        return run;
    }

    /// Sends a command and returns its id; returns when the broker has it.
    String send(Command.Action action) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var id = "desk-" + RunId.next(new SecureRandom());
        control.publish(run, new Command(id, run, now, Optional.empty(), issuer, action))
                .join();
        return id;
    }

    /// Reads on until `wanted` finds what it looks for; empty when it has not within `patience`.
    <T> Optional<T> await(Duration patience, Function<LifecycleEvent, Optional<T>> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
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

    @Override
    public void close() {
        events.close();
        control.close();
        deadLetters.close();
    }

    /// Returns everything that stands on the lifecycle topic, in order.
    ///
    /// @throws IllegalStateException when it cannot be read
    static List<LifecycleEvent> history(Cluster cluster) {
        return read(cluster, Topic.LIFECYCLE, LifecycleEvent.class, new RecordLoop.Beginning());
    }

    /// Returns what was written to the lifecycle topic within the last `time`, in order.
    ///
    /// @throws IllegalStateException when it cannot be read
    static List<LifecycleEvent> recent(Cluster cluster, Duration time) {
        return read(
                cluster,
                Topic.LIFECYCLE,
                LifecycleEvent.class,
                new RecordLoop.At(Instant.now().minus(time)));
    }

    /// Returns what stands on `topic` from a point on.
    ///
    /// @throws IllegalStateException when it cannot be read
    static <T> List<T> read(Cluster cluster, Topic topic, Class<T> type, RecordLoop.Start from) {
        var records = new LinkedBlockingQueue<T>();
        try (var deadLetters = DeadLetters.open(cluster.settings());
                var loop = RecordLoop.start(
                        "history",
                        cluster.settings(),
                        cluster.wire(),
                        topic,
                        type,
                        from,
                        received -> records.add(received.value()),
                        deadLetters)) {
            if (!loop.awaitCaughtUp(CATCHING_UP)) {
                throw new IllegalStateException(
                        "the topic " + cluster.settings().topic(topic) + " could not be read to its end");
            }
        }
        return List.copyOf(records);
    }
}
