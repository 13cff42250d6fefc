package io.ordeal.chaos.fault;

import io.ordeal.schemas.fault.Facet;
import java.time.Duration;
import java.util.Optional;

/// A fault that has been admitted.
///
/// @param command the id of the command that asked for it
/// @param target a target's name
/// @param facet by which the target is touched
/// @param duration how long it lasts, from the moment it is accepted
/// @param lease it ends when nobody has renewed it for so long; empty: it needs no renewal
public record FaultPlan(
        FaultKey key,
        String command,
        String target,
        Facet facet,
        Fault fault,
        Duration duration,
        Optional<Duration> lease) {
    /// Returns the published name of its kind.
    public String kind() {
        return fault.kind().published();
    }
}
