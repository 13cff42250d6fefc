package io.ordeal.generator.drive;

import java.time.Duration;

/// For how long a segment is ours: until an instant that its next owner names. Arrivals due before it are ours, those
/// from it on are not, whosever clock is right.
///
/// Who was frozen for so long that the group may have given the segment to somebody else holds back for a while, in
/// which it hears of that. Instants are nanoseconds since 1970. Belongs to one event loop.
final class Tenure {
    /// A little below the time after which the group gives up a member that is silent.
    private static final long FROZEN = Duration.ofSeconds(5).toNanos();

    private static final long HOLD = Duration.ofSeconds(1).toNanos();

    private long end = DueQueue.NEVER;
    private long heldUntil = Long.MIN_VALUE;
    private long woken = Long.MAX_VALUE;

    /// Ends it at `instant`, unless it ends before.
    void endAt(long instant) {
        end = Math.min(end, instant);
    }

    /// Takes note that the driver is awake, which it is many times a second unless the process stands still.
    void awake(long now) {
        if (now > woken && now - woken > FROZEN) {
            heldUntil = now + HOLD;
        }
        woken = now;
    }

    /// Whether nothing may begin for the time being.
    boolean held(long now) {
        return now < heldUntil;
    }

    /// Whether somebody else goes on after it.
    boolean limited() {
        return end != DueQueue.NEVER;
    }

    /// Whether it is over.
    boolean over(long now) {
        return now >= end;
    }

    /// Returns up to which due instant requests may begin `now`.
    long until(long now) {
        return held(now) ? Long.MIN_VALUE : Math.min(now, end - 1);
    }

    /// Returns when to wake for what is due at `due`.
    long wakeFor(long due) {
        return Math.min(Math.max(due, heldUntil), end);
    }
}
