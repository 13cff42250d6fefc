package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import java.util.List;

/// What was written down of one run, and what verdicts are drawn from.
///
/// @param timings of this run; those of a segment in the order of its partition
/// @param lifecycle in the order of its partition; events of other runs, and of none, may be among them
/// @param samples in the order of their partition; those of other runs may be among them
public record RunRecords(
        RunObjectives objectives, List<Timing> timings, List<LifecycleEvent> lifecycle, List<ResourceSample> samples) {
    public RunRecords {
        timings = List.copyOf(timings);
        lifecycle = List.copyOf(lifecycle);
        samples = List.copyOf(samples);
    }

    /// Returns the records with other objectives.
    public RunRecords judgedBy(RunObjectives others) {
        return new RunRecords(others, timings, lifecycle, samples);
    }
}
