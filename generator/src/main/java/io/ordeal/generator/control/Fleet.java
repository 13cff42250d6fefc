package io.ordeal.generator.control;

import io.ordeal.generator.run.RunLoad;
import io.ordeal.schemas.load.SegmentPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What drives segments.
public interface Fleet {
    /// Begins to drive the segment of `plan`.
    ///
    /// @param epoch the number of this ownership
    /// @param from where the part of an earlier owner ends: what is due before it is skipped
    /// @param onFinished runs once all its load is made and its last tick is on its way; not on a hand-over
    Driven drive(SegmentPlan plan, int epoch, RunLoad.Started load, Optional<Instant> from, Runnable onFinished);

    /// Returns what `plan` needs and this process does not have.
    default List<String> lacks(SegmentPlan plan) {
        return List.of();
    }

    /// A segment that is being driven.
    interface Driven {
        /// Goes by `load` from now on.
        void change(RunLoad load);

        /// Leaves what is due from `instant` on to another owner.
        void handOver(Instant instant);
    }
}
