package io.ordeal.generator.drive;

import io.ordeal.schemas.load.LoadPhase;
import java.util.List;

/// The phases of a run on the clock: instants are nanoseconds since 1970. Belongs to one event loop.
final class RunPhases {
    private final long[] starts;
    private int recent = -1;
    private long from = Long.MIN_VALUE;
    private long to;

    /// Lays `phases` down from `start`.
    RunPhases(long start, List<LoadPhase> phases) {
        starts = new long[phases.size()];
        long next = start;
        for (int index = 0; index < starts.length; index++) {
            starts[index] = next;
            next += phases.get(index).duration().toNanos();
        }
        to = start;
    }

    /// Returns the index of the phase under way at `instant`: -1 before the first, the last one's after its end.
    int at(long instant) {
        if (instant < from || instant >= to) {
            find(instant);
        }
        return recent;
    }

    private void find(long instant) {
        int index = -1;
        while (index + 1 < starts.length && instant >= starts[index + 1]) {
            index++;
        }
        recent = index;
        from = index < 0 ? Long.MIN_VALUE : starts[index];
        to = index + 1 < starts.length ? starts[index + 1] : Long.MAX_VALUE;
    }
}
