package io.ordeal.schemas.results;

import java.time.Duration;
import java.util.List;

/// A phase of the plan.
///
/// @param start after the start of the load.
/// @param steps Empty where the load of the phase does not go in steps.
public record PhaseInfo(String name, boolean judged, Duration start, Duration duration, List<LoadStep> steps) {
    public PhaseInfo {
        steps = List.copyOf(steps);
    }

    /// A phase without steps.
    public PhaseInfo(String name, boolean judged, Duration start, Duration duration) {
        this(name, judged, start, duration, List.of());
    }
}
