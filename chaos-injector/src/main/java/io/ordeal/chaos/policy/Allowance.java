package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What may be done to one target.
///
/// @param kinds the kinds that are allowed; a kind whose facets the target lacks is not possible all the same
/// @param maxDuration the longest duration
/// @param bounds how hard, where it differs from [Bound#usual]
public record Allowance(Set<FaultKind> kinds, Duration maxDuration, Map<Bound, Double> bounds) {
    public Allowance {
        kinds = Set.copyOf(kinds);
        bounds = Map.copyOf(bounds);
        if (!maxDuration.isPositive()) {
            throw new IllegalArgumentException("max-duration must be above 0");
        }
    }

    /// Returns what is allowed where a target says nothing: every kind, within what `limits` say for all.
    public static Allowance everything(Limits limits) {
        return new Allowance(EnumSet.allOf(FaultKind.class), limits.maxDuration(), Map.of());
    }

    /// Returns the limit of one measure.
    public double limit(Bound bound) {
        return bounds.getOrDefault(bound, bound.usual());
    }
}
