package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A way in which a process comes to its end. What follows, until it is back, is the same for all: [DownInjection].
interface Blow {
    /// Returns how what it does besides is undone without the injector.
    default Undo undo() {
        // A supervised program ends with the injector, any other has a supervisor of its own.
        return new Undo.WithInjector();
    }

    /// Returns what it will do, in order.
    List<String> steps();

    /// Does it and returns when it began to; the process is held down by then.
    Instant strike() throws InjectionFailed, InterruptedException;

    /// Waits until the process has ended and returns how it has.
    Map<String, String> see() throws InjectionFailed, InterruptedException;

    /// Takes back what it does besides ending the process; harmless when nothing was done.
    default void withdraw() throws InjectionFailed {
        // a signal cannot be taken back
    }
}
