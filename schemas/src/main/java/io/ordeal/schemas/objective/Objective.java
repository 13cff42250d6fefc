package io.ordeal.schemas.objective;

import java.util.Optional;

/// What a service must hold, for instance `p95 of checkout < 500ms outside faults`.
///
/// @param expression the text that it was read from
/// @param advisory whether it only warns: where it does not hold the verdict is WARN, and the run may pass
/// @param measure what is observed
/// @param of the scenario, or `scenario/request`, whose requests count; empty: all
/// @param on the target whose readings count; empty: each one that has the reading
/// @param comparison how the observed value must stand to the limit
/// @param limit in the unit of the measure
/// @param scope which windows and requests count
/// @param form how windows come to one verdict
/// @param least how many requests it takes to judge; empty: as many as the measure needs
public record Objective(
        String expression,
        boolean advisory,
        Measure measure,
        Optional<String> of,
        Optional<String> on,
        Comparison comparison,
        double limit,
        Scope scope,
        Form form,
        Optional<Long> least) {

    /// Whether `observed`, in the unit of the measure, is within the limit.
    public boolean holds(double observed) {
        return comparison.holds(observed, limit);
    }

    /// Whether it must hold in each window by itself.
    public boolean perWindow() {
        return form == Form.PER_WINDOW;
    }
}
