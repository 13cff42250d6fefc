package io.ordeal.campaign.plan;

import java.util.Optional;

/// A campaign that says two things that do not go together.
///
/// @param pointer the JSON pointer of the value that is at fault
/// @param label a few words about that value
/// @param other another value that has to do with it
/// @param remedy what to do
public record Conflict(Kind kind, String message, String pointer, String label, Optional<Other> other, String remedy) {
    /// What is wrong.
    public enum Kind {
        /// A fault ends after the load.
        OUTLIVES_LOAD,
        /// Two faults are in each other's way.
        OVERLAP,
        /// An objective could never be judged.
        NEVER_JUDGED
    }

    /// Another value.
    public record Other(String pointer, String label) {}
}
