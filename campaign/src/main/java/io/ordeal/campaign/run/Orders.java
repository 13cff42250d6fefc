package io.ordeal.campaign.run;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.wire.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;

/// What a runner writes about one run. Every method returns when the broker has it. Thread-safe.
final class Orders implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String run;
    private final Clock clock;
    private final Publisher<Command> control;
    private final Publisher<LifecycleEvent> lifecycle;
    private final Publisher<SegmentPlan> segments;
    private final Publisher<RunObjectives> objectives;
    private final AtomicInteger commands = new AtomicInteger();

    Orders(String run, Cluster cluster, Clock clock) {
        this.run = run;
        this.clock = clock;
        var settings = cluster.settings();
        var wire = cluster.wire();
        this.control = Publisher.open(settings, wire, Topic.CONTROL, Command.class);
        this.lifecycle = Publisher.open(settings, wire, Topic.LIFECYCLE, LifecycleEvent.class);
        this.segments = Publisher.open(
                settings,
                wire,
                Topic.SEGMENTS,
                SegmentPlan.class,
                Map.of("compression.type", "zstd", "max.request.size", Topic.LARGEST_PLAN));
        this.objectives = Publisher.open(settings, wire, Topic.OBJECTIVES, RunObjectives.class);
    }

    /// Publishes what the judge and the generators must know.
    void plan(Plan plan, String address) {
        written(objectives.publish(run, plan.objectives(run)));
        int partitions = segments.partitions();
        for (var segment : plan.segments(run, address)) {
            written(segments.publish(segment.segment() % partitions, key(segment.segment()), segment));
        }
    }

    /// Takes the plans of the segments back: the run is over.
    void forget(Plan plan) {
        int partitions = segments.partitions();
        for (int segment = 0; segment < plan.campaign().settings().segments(); segment++) {
            written(segments.tombstone(segment % partitions, key(segment)));
        }
    }

    /// Sends one command; returns its id.
    String command(Command.Action action) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var id = "%s-%d".formatted(run, commands.getAndIncrement());
        written(control.publish(run, new Command(id, run, now, Optional.empty(), "ordeal run", action)));
        return id;
    }

    /// States one fact.
    void tell(LifecycleEvent.Event event) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        written(lifecycle.publish(run, new LifecycleEvent(run, now, "campaign", event)));
    }

    @Override
    public void close() {
        control.close();
        lifecycle.close();
        segments.close();
        objectives.close();
    }

    private String key(int segment) {
        return run + "/" + segment;
    }

    private static void written(CompletableFuture<RecordMetadata> record) {
        try {
            record.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take a record: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to the broker", e);
        }
    }
}
