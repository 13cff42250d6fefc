package io.ordeal.chaos.fault;

import io.ordeal.chaos.policy.Bound;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.Map;

/// What is done to a target, with values that have been checked.
public sealed interface Fault permits TrafficFault, ProcessFault, ResourceFault {
    /// Returns its kind.
    FaultKind kind();

    /// Returns an upper estimate of the time that seeing the effect takes; a fault that ends sooner cannot be
    /// confirmed.
    default Duration confirmation() {
        return Duration.ZERO;
    }

    /// Returns how hard it hits, in the measures that a policy limits.
    default Map<Bound, Double> demands() {
        return Map.of();
    }
}
