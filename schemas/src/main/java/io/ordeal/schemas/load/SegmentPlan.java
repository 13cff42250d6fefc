package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.List;

/// Everything that a generator needs to drive one segment of a run; a null value ends it.
///
/// @param segment 0-based. Its timings go to partition `segment` mod the number of partitions.
/// @param segments How many segments the run has; the union of their schedules is the schedule of the whole.
/// @param target Base address of the service, for instance `http://127.0.0.1:8080`.
/// @param window Length of a window.
/// @param tick Time between two ticks.
public record SegmentPlan(
        String run,
        int segment,
        int segments,
        long seed,
        String target,
        List<LoadPhase> phases,
        List<Scenario> scenarios,
        Connections connections,
        Duration window,
        Duration tick) {
    public SegmentPlan {
        phases = List.copyOf(phases);
        scenarios = List.copyOf(scenarios);
    }
}
