package io.ordeal.chaos.journal;

import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.util.Optional;

/// One line of the journal.
public sealed interface JournalRecord {
    /// Something is about to be done that must be undone.
    ///
    /// @param entry identifies it
    /// @param fault the fault that it is for; absent for a process that the injector keeps running
    /// @param deadline when it must be undone at the latest; absent: when the injector ends
    record Opened(String entry, Optional<FaultRef> fault, Optional<Instant> deadline, Undo undo)
            implements JournalRecord {}

    /// The effect of an entry's fault was seen.
    record Applied(String entry) implements JournalRecord {}

    /// The guard has undone an entry; the injector does not know yet.
    record Guarded(String entry) implements JournalRecord {}

    /// Nothing is left of an entry.
    record Struck(String entry) implements JournalRecord {}

    /// A command has been decided on.
    ///
    /// @param fault the id of the fault that it was accepted for, in `run`; empty when it was rejected
    /// @param until when it can be forgotten
    record Decided(String command, String digest, String run, String fault, Instant until) implements JournalRecord {}

    /// What events say about a fault.
    record FaultRef(String run, String id, String kind, String target) {}
}
