package io.ordeal.chaos.fault;

import java.time.Duration;

/// A fault that has been admitted.
///
/// @param command the id of the command that asked for it
/// @param target a target's name
/// @param duration how long it lasts, from the moment it is accepted
public record FaultPlan(FaultKey key, String command, String target, Fault fault, Duration duration) {
    /// Returns the published name of its kind.
    public String kind() {
        return fault.kind().published();
    }
}
