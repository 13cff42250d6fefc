package io.ordeal.chaos.undo;

import java.io.IOException;

/// Where it is written what must be taken back when we are gone.
public interface UndoLog {
    /// Writes that something is about to be done that `undo` takes back, at the latest when the injector ends; it is on
    /// the disk when this returns.
    ///
    /// @param entry identifies it
    void open(String entry, Undo undo) throws IOException;

    /// Notes that nothing is left of `entry`. If this is lost, an undo is done again, which is harmless.
    void strike(String entry) throws IOException;
}
