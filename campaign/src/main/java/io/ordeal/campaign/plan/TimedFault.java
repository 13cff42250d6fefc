package io.ordeal.campaign.plan;

import io.ordeal.schemas.control.FaultSpec;
import java.time.Duration;

/// A fault with its time.
///
/// @param spec as the injector is told it
/// @param at after the start of the load
public record TimedFault(FaultSpec spec, Duration at) {
    /// Returns when it ends, after the start of the load.
    public Duration end() {
        return at.plus(spec.duration());
    }
}
