package io.ordeal.chaos.journal;

import io.ordeal.chaos.process.ProcessId;

/// How something is taken back by whoever reads the journal. Each can be done any number of times.
public sealed interface Undo {
    /// It ends with the injector's process by itself.
    record WithInjector() implements Undo {}

    /// A stopped process goes on.
    record Continue(ProcessId process) implements Undo {}

    /// Processes that carry a mark end, with all that they started; see [io.ordeal.chaos.process.Marked].
    record KillMarked(String mark) implements Undo {}
}
