package io.ordeal.chaos.process;

import java.time.Duration;
import java.util.Optional;

/// A process that can be harmed and comes back.
public interface Subject extends AutoCloseable {
    /// Returns the process as it runs now, or empty where it does not.
    ///
    /// @throws NotHarmable when it must not be touched
    Optional<ProcessId> current();

    /// Keeps it down from now on: its end is not followed by a start.
    void hold();

    /// Lets it come back; does nothing where it was not held.
    void release();

    /// Returns who starts it again, for evidence.
    String supervisor();

    /// Whether it runs and serves.
    boolean ready();

    /// Waits until it runs and serves, and returns why not when that takes too long.
    ///
    /// @throws InterruptedException when the caller shall stop waiting
    Optional<String> awaitReady() throws InterruptedException;

    /// Returns how long [#awaitReady] waits at most.
    Duration patience();

    @Override
    void close();

    /// A process that must not be touched.
    final class NotHarmable extends IllegalStateException {
        NotHarmable(String message) {
            super(message);
        }
    }
}
