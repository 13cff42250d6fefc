package io.ordeal.campaign.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a fault does. Each kind has a main parameter that stands behind its name (`latency: 500ms`), or none; then
/// the target stands there (`kill: api`).
public enum FaultKind {
    /// Answers arrive later.
    LATENCY,
    /// Nothing gets through; connections stay open.
    PARTITION,
    /// Connections are broken off.
    RESET,
    /// Bytes pass slowly.
    BANDWIDTH,
    /// The process is killed, and started again when the fault ends.
    KILL,
    /// The process is stopped, and continued when the fault ends.
    PAUSE,
    /// Processors are kept busy.
    CPU;

    /// How a parameter is written.
    public enum Form {
        /// `500ms`
        DURATION("500ms"),
        /// `10KB/s`
        BYTES_PER_SECOND("10KB/s"),
        /// `90%`
        RATIO("90%");

        private final String example;

        Form(String example) {
            this.example = example;
        }

        /// Returns a value as it may be written.
        public String example() {
            return example;
        }
    }

    /// A parameter of a fault, by the name that commands carry.
    public record Parameter(String name, Form form) {}

    /// Returns the published name, as documents and commands have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the parameter that stands behind the kind's name, and is mandatory.
    public Optional<Parameter> main() {
        return parameters().stream().findFirst();
    }

    /// Returns every parameter, the main one first.
    public List<Parameter> parameters() {
        return switch (this) {
            case LATENCY -> List.of(new Parameter("latency", Form.DURATION), new Parameter("jitter", Form.DURATION));
            case BANDWIDTH -> List.of(new Parameter("rate", Form.BYTES_PER_SECOND));
            case CPU -> List.of(new Parameter("load", Form.RATIO));
            case PARTITION, RESET, KILL, PAUSE -> List.of();
        };
    }

    /// Returns the kind of that name.
    public static Optional<FaultKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
