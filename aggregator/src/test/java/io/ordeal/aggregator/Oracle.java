package io.ordeal.aggregator;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.RunObjectives;
import java.util.List;

/// What the aggregator ought to have told: the one place where tests ask for it.
final class Oracle {
    private Oracle() {}

    /// Returns what it ought to tell of a run that was made up.
    static Recompute.Result of(Rehearsal rehearsal) {
        return of(rehearsal.objectives(), rehearsal.timings(), rehearsal.lifecycle());
    }

    /// Returns what it ought to tell of these records of one run, as [Recompute#of] takes them.
    static Recompute.Result of(RunObjectives objectives, List<Timing> timings, List<LifecycleEvent> lifecycle) {
        return Recompute.of(objectives, timings, lifecycle);
    }
}
