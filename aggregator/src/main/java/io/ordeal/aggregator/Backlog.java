package io.ordeal.aggregator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Whether this process still reads what was written long ago. Meanwhile nobody is silent: what is missing may lie on
/// the broker, on a partition whose turn has not come. Shared by the tasks of a process.
final class Backlog {
    /// What was written longer ago than this is old.
    private static final long OLD = Duration.ofSeconds(5).toMillis();

    /// For how long old records tell that there are more.
    private static final long LASTING = Duration.ofSeconds(1).toMillis();

    private final AtomicLong seenAt = new AtomicLong(Long.MIN_VALUE / 2);

    /// Takes note of a record that was written at `timestamp` and read at `now`, by the wall clock; milliseconds.
    void read(long timestamp, long now) {
        if (now - timestamp > OLD) {
            seenAt.set(now);
        }
    }

    /// Whether there is one, at `now`.
    boolean under(long now) {
        return now - seenAt.get() <= LASTING;
    }
}
