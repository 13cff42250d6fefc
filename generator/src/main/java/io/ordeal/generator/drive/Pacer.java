package io.ordeal.generator.drive;

import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/// Wakes one segment on its event loop at the instants that it asks for. Netty's timers count in nanoseconds,
/// Vert.x's in milliseconds. Belongs to the event loop.
final class Pacer {
    private final ContextInternal context;
    private final Clock clock;
    private final Runnable wake;
    private long next = DueQueue.NEVER;
    private long woken;

    Pacer(ContextInternal context, Clock clock, Runnable wake) {
        this.context = context;
        this.clock = clock;
        this.wake = wake;
    }

    /// Asks to be woken at `instant`, or before.
    void wakeAt(long instant) {
        if (instant >= next) {
            return;
        }
        next = instant;
        long delay = instant - clock.nanos();
        if (delay > 0) {
            var _ = context.nettyEventLoop().schedule(() -> fire(instant), delay, TimeUnit.NANOSECONDS);
        } else {
            context.nettyEventLoop().execute(() -> fire(instant));
        }
    }

    /// Returns the instant that the present waking was asked for.
    long woken() {
        return woken;
    }

    private void fire(long instant) {
        if (instant == next) { // otherwise an earlier one was asked for since, and came
            woken = instant;
            next = DueQueue.NEVER;
            context.dispatch(wake);
        }
    }
}
