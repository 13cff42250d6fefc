package io.ordeal.aggregator;

import java.time.Duration;

/// Notices when nobody has listened: a process that was stopped, or waited for the broker or the registry, must not
/// take
/// its own absence for the silence of others. What came meanwhile is still to be read.
final class Listener {
    /// How often one listens.
    static final Duration EVERY = Duration.ofMillis(250);

    private static final long NOTICEABLE = 1_000;

    private final Backlog backlog;
    private long listenedAt;

    Listener(Backlog backlog, long now) {
        this.backlog = backlog;
        this.listenedAt = now;
    }

    /// Returns for how long nobody has listened before `now`, or only to what was said long ago; 0 where that was
    /// hardly longer than usual; milliseconds.
    long pause(long now) {
        long pause = now - listenedAt;
        listenedAt = now;
        return pause > NOTICEABLE || backlog.under(now) ? pause : 0;
    }
}
