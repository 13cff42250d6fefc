package io.ordeal.chaos.fault;

import io.ordeal.schemas.lifecycle.RevertCause;
import java.time.Instant;
import java.util.Map;

/// What happens to a fault.
public sealed interface FaultEvent {
    /// The undo is on disk.
    record Journalled() implements FaultEvent {}

    /// The undo could not be written.
    record NotJournalled(String reason) implements FaultEvent {}

    /// The effect was seen.
    ///
    /// @param actedAt when acting began
    record Seen(Instant actedAt, Map<String, String> evidence) implements FaultEvent {
        public Seen {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The fault could not be done, or its effect did not show.
    record NotSeen(String reason) implements FaultEvent {}

    /// It shall end.
    record Stop(RevertCause cause) implements FaultEvent {}

    /// The effect was seen to be gone.
    record Gone(Map<String, String> evidence) implements FaultEvent {
        public Gone {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The undo failed, or the effect still shows.
    record NotGone(String reason) implements FaultEvent {}
}
