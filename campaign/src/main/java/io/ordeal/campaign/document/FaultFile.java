package io.ordeal.campaign.document;

import io.ordeal.schemas.control.FaultSpec;
import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A ready fault, or several that belong together.
///
/// @param id by which it is asked for
/// @param name what it is, in a few words
/// @param expect what a good service does meanwhile and afterwards
/// @param parts at least one, in order of time
public record FaultFile(String id, String name, String description, String expect, List<Part> parts) {
    public FaultFile {
        parts = List.copyOf(parts);
    }

    /// One of its faults.
    ///
    /// @param target where the command names none for it
    /// @param at after the first one
    /// @param parameters as written, with units, by the names that commands carry
    /// @param fraction above 0 and up to 1
    public record Part(
            FaultKind kind,
            Optional<String> target,
            SortedMap<String, String> parameters,
            Duration at,
            Duration duration,
            double fraction,
            Duration ramp) {
        public Part {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }

        /// Returns it as a command carries it.
        public FaultSpec spec(String id, String target) {
            return new FaultSpec(id, kind.published(), target, parameters, duration, fraction, ramp);
        }

        /// Returns it with another duration.
        public Part lasting(Duration time) {
            return new Part(kind, target, parameters, at, time, fraction, ramp);
        }

        /// Returns it on another part of connections or members.
        public Part affecting(double part) {
            return new Part(kind, target, parameters, at, duration, part, ramp);
        }

        /// Returns it with a parameter changed.
        public Part with(String parameter, String value) {
            var changed = new TreeMap<>(parameters);
            changed.put(parameter, value);
            return new Part(kind, target, changed, at, duration, fraction, ramp);
        }
    }
}
