package io.ordeal.chaos.fault;

import io.ordeal.schemas.lifecycle.RevertCause;

/// Where a fault is in its life; see [FaultLife].
public sealed interface FaultState {
    /// Its undo is being written to the journal; nothing has been done.
    record Accepted() implements FaultState {}

    /// It is being done, or done and not yet seen.
    record Applying() implements FaultState {}

    /// Its effect has been seen.
    record Applied() implements FaultState {}

    /// It is being undone, or undone and not yet seen to be gone.
    record Ending(End end) implements FaultState {}

    /// It was in force and is gone.
    record Reverted(RevertCause cause) implements FaultState {}

    /// It did not go as asked.
    ///
    /// @param undone whether nothing of it is left
    record Failed(String reason, boolean undone) implements FaultState {}

    /// Why a fault is being undone.
    sealed interface End {
        /// It was in force, and is to be so no longer.
        record Over(RevertCause cause) implements End {}

        /// It could not be brought into force.
        record Broken(String reason) implements End {}
    }

    /// Whether something of the fault may be left in the world.
    default boolean live() {
        return switch (this) {
            case Accepted _, Applying _, Applied _, Ending _ -> true;
            case Reverted _ -> false;
            case Failed(var _, boolean undone) -> !undone;
        };
    }
}
