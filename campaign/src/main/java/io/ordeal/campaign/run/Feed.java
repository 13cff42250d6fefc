package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.util.function.Consumer;

/// Reads what the topics say of one run into [Observations].
final class Feed implements AutoCloseable {
    private final DeadLetters deadLetters;
    private final RecordLoop<LifecycleEvent> events;
    private final RecordLoop<WindowSummary> windows;
    private final RecordLoop<VerdictEvent> verdicts;
    private final RecordLoop<ResourceSample> resources;

    private Feed(
            DeadLetters deadLetters,
            RecordLoop<LifecycleEvent> events,
            RecordLoop<WindowSummary> windows,
            RecordLoop<VerdictEvent> verdicts,
            RecordLoop<ResourceSample> resources) {
        this.deadLetters = deadLetters;
        this.events = events;
        this.windows = windows;
        this.verdicts = verdicts;
        this.resources = resources;
    }

    /// Starts reading what is written about `run` from now on.
    static Feed start(Cluster cluster, String run, Observations into) {
        var deadLetters = DeadLetters.open(cluster.settings());
        return new Feed(
                deadLetters,
                read(cluster, Topic.LIFECYCLE, LifecycleEvent.class, deadLetters, event -> {
                    if (event.run().equals(run)) {
                        into.add(event);
                    }
                }),
                read(cluster, Topic.WINDOWS, WindowSummary.class, deadLetters, window -> {
                    if (window.run().equals(run)) {
                        into.add(window);
                    }
                }),
                read(cluster, Topic.VERDICTS, VerdictEvent.class, deadLetters, verdict -> {
                    if (verdict.run().equals(run)) {
                        into.add(verdict);
                    }
                }),
                read(cluster, Topic.RESOURCES, ResourceSample.class, deadLetters, into::add));
    }

    private static <T> RecordLoop<T> read(
            Cluster cluster, Topic topic, Class<T> type, DeadLetters deadLetters, Consumer<T> receiver) {
        return RecordLoop.start(
                "run-" + topic.named(""),
                cluster.settings(),
                cluster.wire(),
                topic,
                type,
                new RecordLoop.End(),
                received -> receiver.accept(received.value()),
                deadLetters);
    }

    @Override
    public void close() {
        events.close();
        windows.close();
        verdicts.close();
        resources.close();
        deadLetters.close();
    }
}
