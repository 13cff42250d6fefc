package io.ordeal.chaos.fault;

import io.ordeal.schemas.lifecycle.LifecycleEvent;

/// What is to be performed after a step of a fault's life.
public sealed interface FaultEffect {
    /// Write the undo to the journal, forced to disk.
    record Journal() implements FaultEffect {}

    /// Do it, and look for its effect.
    record Apply() implements FaultEffect {}

    /// Undo it, and look for its absence.
    record Undo() implements FaultEffect {}

    /// Note in the journal that nothing is left to undo.
    record Strike() implements FaultEffect {}

    /// Publish `event`.
    record Say(LifecycleEvent.Event event) implements FaultEffect {}
}
