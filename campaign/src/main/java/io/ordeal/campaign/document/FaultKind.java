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
        RATIO("90%"),
        /// `upstream`, `downstream` or `both`
        DIRECTION("downstream"),
        /// `2`
        COUNT("2");

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
        return switch (this) {
            case LATENCY, BANDWIDTH, CPU -> Optional.of(parameters().getFirst());
            case PARTITION, RESET, KILL, PAUSE -> Optional.empty();
        };
    }

    /// Returns every parameter, the main one first.
    public List<Parameter> parameters() {
        var direction = new Parameter("direction", Form.DIRECTION);
        return switch (this) {
            case LATENCY ->
                List.of(new Parameter("latency", Form.DURATION), new Parameter("jitter", Form.DURATION), direction);
            case BANDWIDTH -> List.of(new Parameter("rate", Form.BYTES_PER_SECOND), direction);
            case CPU -> List.of(new Parameter("load", Form.RATIO), new Parameter("cores", Form.COUNT));
            case PARTITION -> List.of(direction);
            case RESET, KILL, PAUSE -> List.of();
        };
    }

    /// Whether it can act on a part of the connections only.
    public boolean partial() {
        return switch (this) {
            case LATENCY, PARTITION, RESET, BANDWIDTH -> true;
            case KILL, PAUSE, CPU -> false;
        };
    }

    /// Whether it can come on slowly.
    public boolean ramps() {
        return this == LATENCY || this == BANDWIDTH;
    }

    /// Returns the kind of that name.
    public static Optional<FaultKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
