package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Arrivals;
import io.ordeal.generator.schedule.Stretch;
import io.ordeal.generator.schedule.Timeline;
import java.util.Optional;

/// A timeline laid on the clock: instants are nanoseconds since 1970. Belongs to one event loop.
final class Schedule {
    private final long start;
    private Timeline timeline;
    private Stretch recent;

    /// Lays `timeline` down from `start`.
    Schedule(long start, Timeline timeline) {
        this.start = start;
        this.timeline = timeline;
        this.recent = timeline.stretches().getFirst();
    }

    /// Goes by `changed` from now on.
    void change(Timeline changed) {
        timeline = changed;
        recent = changed.stretches().getFirst();
    }

    Timeline timeline() {
        return timeline;
    }

    /// Returns `instant` in nanoseconds from the start of the run.
    long offset(long instant) {
        return instant - start;
    }

    /// Returns the instant of `offset`, which may never come.
    long instant(long offset) {
        return offset == Arrivals.NEVER ? DueQueue.NEVER : start + offset;
    }

    /// Returns when the last stretch ends.
    long end() {
        return start + timeline.end();
    }

    /// Returns the stretch under way at `instant`; empty before the first and after the last.
    Optional<Stretch> at(long instant) {
        long offset = offset(instant);
        if (offset < recent.start() || offset >= recent.end()) {
            var place = timeline.place(offset);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            recent = timeline.stretches().get(place.get());
        }
        return Optional.of(recent);
    }
}
