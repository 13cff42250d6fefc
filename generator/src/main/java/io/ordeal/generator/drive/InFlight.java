package io.ordeal.generator.drive;

import org.jspecify.annotations.Nullable;

/// The attempts at one step that were sent and have not ended, in order of sending: a list linked through them. As all
/// have the same time-out, the first is always the next to expire. Belongs to one event loop.
final class InFlight {
    private final long timeout;
    private @Nullable Attempt first;
    private @Nullable Attempt last;

    InFlight(long timeoutNanos) {
        this.timeout = timeoutNanos;
    }

    /// Returns when the oldest was sent, or [DueQueue#NEVER].
    long oldest() {
        return first == null ? DueQueue.NEVER : first.sentAt();
    }

    void add(Attempt attempt) {
        attempt.before = last;
        if (last == null) {
            first = attempt;
        } else {
            last.after = attempt;
        }
        last = attempt;
    }

    void remove(Attempt attempt) {
        if (attempt.before == null) {
            first = attempt.after;
        } else {
            attempt.before.after = attempt.after;
        }
        if (attempt.after == null) {
            last = attempt.before;
        } else {
            attempt.after.before = attempt.before;
        }
        attempt.before = null;
        attempt.after = null;
    }

    /// Ends what was sent longer ago than the time-out.
    void expire(long now) {
        while (first != null && now - first.sentAt() >= timeout) {
            first.timedOut(now);
        }
    }

    /// Ends everything.
    void abort(long now) {
        while (first != null) {
            first.abort(now);
        }
    }
}
