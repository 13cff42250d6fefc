package io.ordeal.generator.drive;

import org.jspecify.annotations.Nullable;

/// The requests of one step that were sent and have not ended, in order of sending: a list linked through the
/// exchanges. As all have the same time-out, the first is always the next to expire. Belongs to one event loop.
final class InFlight {
    private final long timeout;
    private @Nullable Exchange first;
    private @Nullable Exchange last;

    InFlight(long timeoutNanos) {
        this.timeout = timeoutNanos;
    }

    /// Returns when the oldest was sent, or [DueQueue#NEVER].
    long oldest() {
        return first == null ? DueQueue.NEVER : first.sentAt();
    }

    void add(Exchange exchange) {
        exchange.before = last;
        if (last == null) {
            first = exchange;
        } else {
            last.after = exchange;
        }
        last = exchange;
    }

    void remove(Exchange exchange) {
        if (exchange.before == null) {
            first = exchange.after;
        } else {
            exchange.before.after = exchange.after;
        }
        if (exchange.after == null) {
            last = exchange.before;
        } else {
            exchange.after.before = exchange.before;
        }
        exchange.before = null;
        exchange.after = null;
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
