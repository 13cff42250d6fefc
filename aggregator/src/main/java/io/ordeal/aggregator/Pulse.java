package io.ordeal.aggregator;

import java.time.Instant;

/// Says that somebody watches over a run.
interface Pulse extends AutoCloseable {
    /// Says that `run` is under way here, at `at`.
    void beat(String run, Instant at);

    @Override
    default void close() {}
}
