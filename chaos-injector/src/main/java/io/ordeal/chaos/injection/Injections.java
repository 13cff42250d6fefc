package io.ordeal.chaos.injection;

import io.ordeal.chaos.fault.FaultPlan;

/// Where injections come from: the live targets, or a fake in tests of the controller.
public interface Injections {
    /// Prepares what `plan` asks for and changes nothing yet.
    ///
    /// @param seed of its random choices
    /// @throws InjectionFailed when the target is not there
    Injection prepare(FaultPlan plan, long seed) throws InjectionFailed;
}
