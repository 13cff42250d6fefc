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
/// @param phases The load of the run's mix: of every scenario that has no load of its own, by its weight.
/// @param feeders The data that scenarios take rows of.
/// @param gracefulStop How long iterations that are under way when their load ends may go on; zero: only the requests
/// in flight may.
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
        Duration tick,
        List<Feeder> feeders,
        Duration gracefulStop) {
    public SegmentPlan {
        phases = List.copyOf(phases);
        scenarios = List.copyOf(scenarios);
        feeders = List.copyOf(feeders);
    }

    /// A plan without feeders, whose iterations end with their load.
    public SegmentPlan(
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
        this(
                run,
                segment,
                segments,
                seed,
                target,
                phases,
                scenarios,
                connections,
                window,
                tick,
                List.of(),
                Duration.ZERO);
    }
}
