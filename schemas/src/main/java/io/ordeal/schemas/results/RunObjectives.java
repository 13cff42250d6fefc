package io.ordeal.schemas.results;

import java.time.Duration;
import java.util.List;

/// What a run must hold, and the names and times that its judging needs.
///
/// @param window Length of a window.
public record RunObjectives(
        String run,
        String campaign,
        Duration window,
        int segments,
        List<PhaseInfo> phases,
        List<RequestInfo> requests,
        List<ObjectiveSpec> objectives,
        List<PlannedFault> faults) {
    public RunObjectives {
        phases = List.copyOf(phases);
        requests = List.copyOf(requests);
        objectives = List.copyOf(objectives);
        faults = List.copyOf(faults);
    }
}
