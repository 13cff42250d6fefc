package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.FaultParameter.Form;
import io.ordeal.schemas.objective.Quantity;
import java.util.Locale;
import java.util.Optional;

/// How hard a target may be hit: a limit of one measure, over all kinds of faults that have it.
///
/// Values are in seconds, bytes, bytes per second, parts of the whole or counts.
public enum Bound {
    /// The largest sum of latency and jitter.
    MAX_LATENCY(Form.TIME, 60, 3600),
    /// The lowest bandwidth.
    MIN_RATE(Form.RATE, 1, 125e6),
    /// The largest part of packets that are lost, doubled, out of order or damaged.
    MAX_LOSS(Form.PART, 1, 1),
    /// The largest part of connections, or of the members of a group.
    MAX_FRACTION(Form.PART, 1, 1),
    /// The largest part of HTTP requests.
    MAX_SHARE(Form.PART, 1, 1),
    /// The largest number of idle connections.
    MAX_CONNECTIONS(Form.COUNT, 10_000, 1_000_000),
    /// The largest load of a core.
    MAX_LOAD(Form.PART, 1, 1),
    /// The largest number of cores under load.
    MAX_CORES(Form.COUNT, Runtime.getRuntime().availableProcessors(), 1024),
    /// The smallest part of a core that is left.
    MIN_QUOTA(Form.PART, 0.01, 1),
    /// The largest part of memory in use.
    MAX_MEMORY(Form.PART, 0.95, 1),
    /// The least memory that is left by a limit.
    MIN_MEMORY(Form.BYTES, 16e6, 1e15),
    /// The largest part of a file system in use.
    MAX_DISK(Form.PART, 1, 1),
    /// The largest number of writers on a disk.
    MAX_WORKERS(Form.COUNT, 4, 64),
    /// The largest part of a GPU's memory in use.
    MAX_GPU_MEMORY(Form.PART, 1, 1);

    private final Form form;
    private final double usual;
    private final double highest;

    Bound(Form form, double usual, double highest) {
        this.form = form;
        this.usual = usual;
        this.highest = highest;
    }

    /// Returns the name in the configuration.
    public String published() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns its value where the configuration says nothing.
    public double usual() {
        return usual;
    }

    /// Returns what its value must be, for messages.
    public String expected() {
        return form.expected() + ", above 0 and at most " + shown(highest);
    }

    /// Reads a value, or returns empty where `quantity` is none.
    public Optional<Double> read(Quantity quantity) {
        return form.read(quantity).filter(v -> v > 0 && v <= highest);
    }

    /// Whether `value` goes beyond `limit`.
    public boolean isExceededBy(double value, double limit) {
        return name().startsWith("MIN_") ? value < limit : value > limit;
    }

    /// Returns `value` with its unit.
    public String shown(double value) {
        return switch (form) {
            case TIME -> trimmed(value) + "s";
            case RATE -> trimmed(value) + "B/s";
            case BYTES -> trimmed(value) + "B";
            case PART -> trimmed(value * 100) + "%";
            case COUNT, DIRECTION, NAME, FACET -> trimmed(value);
        };
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) && value < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
