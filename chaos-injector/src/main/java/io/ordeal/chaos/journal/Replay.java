package io.ordeal.chaos.journal;

import io.ordeal.chaos.process.Marked;
import io.ordeal.chaos.process.Posix;

/// Undoes what the journal says. The same code serves the injector at its start and the guard at the injector's end.
public final class Replay {
    private Replay() {}

    /// Does `undo`; doing it again is harmless.
    ///
    /// @throws io.ordeal.chaos.process.ProcessId.SignalRefused when the system does not let us
    public static void perform(Undo undo) {
        switch (undo) {
            case Undo.WithInjector _ -> {}
            case Undo.Continue(var process) -> process.signal(Posix.SIGCONT);
            case Undo.KillMarked(var mark) -> Marked.kill(mark);
        }
    }
}
