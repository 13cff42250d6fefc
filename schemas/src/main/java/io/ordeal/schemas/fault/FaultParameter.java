package io.ordeal.schemas.fault;

import io.ordeal.schemas.objective.Quantity;
import java.util.Optional;

/// A parameter of a kind of fault.
///
/// @param name as commands and campaigns have it
/// @param form how a value is written
/// @param usual the value where none is given; empty: there is none, or it follows from the target's limits
/// @param mandatory whether a command must give it
/// @param main whether it stands behind the kind's name in a campaign: `latency: 500ms`
public record FaultParameter(String name, Form form, Optional<String> usual, boolean mandatory, boolean main) {

    /// How a value is written.
    public enum Form {
        /// A time with its unit: `500ms`.
        TIME("a time such as 500ms", "500ms"),
        /// Bytes per second with their unit: `10KB/s`.
        RATE("a rate such as 10KB/s", "10KB/s"),
        /// Bytes with their unit: `64KB`.
        BYTES("a size such as 64KB", "64KB"),
        /// A part of the whole: `90%` or `0.9`, from 0 to 100 %.
        PART("a part such as 80%", "80%"),
        /// A whole number.
        COUNT("a whole number", "2"),
        /// `upstream`, `downstream` or `both`.
        DIRECTION("upstream, downstream or both", "downstream"),
        /// The name of something that the target's configuration defines.
        NAME("a name: letters, digits, dot, underscore and dash", "during-request"),
        /// The published name of a [Facet].
        FACET("a facet of the target, such as proxy or network", "network");

        private final String expected;
        private final String example;

        Form(String expected, String example) {
            this.expected = expected;
            this.example = example;
        }

        /// Reads a value in seconds, bytes, bytes per second, parts of the whole or as a whole number, or returns empty
        /// where `quantity` is none of this form.
        public Optional<Double> read(Quantity quantity) {
            return switch (this) {
                case TIME -> quantity.duration().map(time -> time.toNanos() / 1e9);
                case RATE -> quantity.bytesPerSecond().map(Long::doubleValue);
                case BYTES -> quantity.bytes().map(Long::doubleValue);
                case PART -> quantity.ratio();
                case COUNT ->
                    Optional.of(quantity.number()).filter(n -> quantity.unit().isEmpty() && n == Math.rint(n));
                case DIRECTION, NAME, FACET -> Optional.empty();
            };
        }

        /// Returns what a value must be, for messages.
        public String expected() {
            return expected;
        }

        /// Returns a value as it may be written.
        public String example() {
            return example;
        }
    }

    static FaultParameter required(String name, Form form) {
        return new FaultParameter(name, form, Optional.empty(), true, true);
    }

    static FaultParameter optional(String name, Form form, String usual) {
        return new FaultParameter(name, form, Optional.of(usual), false, false);
    }

    static FaultParameter optional(String name, Form form) {
        return new FaultParameter(name, form, Optional.empty(), false, false);
    }

    static FaultParameter direction(String usual) {
        return optional("direction", Form.DIRECTION, usual);
    }
}
