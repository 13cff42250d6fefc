package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;

/// Reads what the topics say of one run into [Observations].
final class Feed implements AutoCloseable {
    private final DeadLetters deadLetters;
    private final RecordLoop<LifecycleEvent> events;
    private final RecordLoop<WindowSummary> windows;
    private final RecordLoop<VerdictEvent> verdicts;

    private Feed(
            DeadLetters deadLetters,
            RecordLoop<LifecycleEvent> events,
            RecordLoop<WindowSummary> windows,
            RecordLoop<VerdictEvent> verdicts) {
        this.deadLetters = deadLetters;
        this.events = events;
        this.windows = windows;
        this.verdicts = verdicts;
    }

    /// Starts reading what is written about `run` from now on.
    static Feed start(Cluster cluster, String run, Observations into) {
        var settings = cluster.settings();
        var deadLetters = DeadLetters.open(settings);
        var end = new RecordLoop.End();
        return new Feed(
                deadLetters,
                RecordLoop.start(
                        "run-lifecycle",
                        settings,
                        cluster.wire(),
                        Topic.LIFECYCLE,
                        LifecycleEvent.class,
                        end,
                        received -> {
                            if (received.value().run().equals(run)) {
                                into.add(received.value());
                            }
                        },
                        deadLetters),
                RecordLoop.start(
                        "run-windows",
                        settings,
                        cluster.wire(),
                        Topic.WINDOWS,
                        WindowSummary.class,
                        end,
                        received -> {
                            if (received.value().run().equals(run)) {
                                into.add(received.value());
                            }
                        },
                        deadLetters),
                RecordLoop.start(
                        "run-verdicts",
                        settings,
                        cluster.wire(),
                        Topic.VERDICTS,
                        VerdictEvent.class,
                        end,
                        received -> {
                            if (received.value().run().equals(run)) {
                                into.add(received.value());
                            }
                        },
                        deadLetters));
    }

    @Override
    public void close() {
        events.close();
        windows.close();
        verdicts.close();
        deadLetters.close();
    }
}
