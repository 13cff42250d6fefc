package io.ordeal.schemas.objective;

import java.util.Optional;

/// What a service must hold, for instance `p95 of checkout < 500ms outside faults`.
///
/// @param expression the text that it was read from
/// @param measure what is observed
/// @param of the scenario, or `scenario/request`, whose requests count; empty: all
/// @param comparison how the observed value must stand to the limit
/// @param limit in the unit of the measure
/// @param scope which windows count
/// @param perWindow whether it must hold in each window by itself, rather than over all of them together
public record Objective(
        String expression,
        Measure measure,
        Optional<String> of,
        Comparison comparison,
        double limit,
        Scope scope,
        boolean perWindow) {

    /// Whether `observed`, in the unit of the measure, is within the limit.
    public boolean holds(double observed) {
        return comparison.holds(observed, limit);
    }
}
