package io.ordeal.schemas.objective;

/// The unit of a measure and its limit.
public enum Unit {
    /// Seconds.
    SECONDS("s", "500ms"),
    /// A part of the whole; 0 to 1 for errors and availability.
    RATIO("ratio", "1%"),
    /// Per second: requests, for one.
    PER_SECOND("1/s", "500/s"),
    /// A plain number.
    NUMBER("", "20"),
    /// Bytes.
    BYTES("B", "2GB"),
    /// Bytes per second.
    BYTES_PER_SECOND("B/s", "10MB/s"),
    /// Growth of a time.
    SECONDS_PER_HOUR("s/h", "5ms/h"),
    /// Growth of a part of the whole.
    RATIO_PER_HOUR("ratio/h", "1%/h"),
    /// Growth of a rate.
    PER_SECOND_PER_HOUR("1/s/h", "10/s/h"),
    /// Growth of a number.
    NUMBER_PER_HOUR("1/h", "10/h"),
    /// Growth of bytes.
    BYTES_PER_HOUR("B/h", "5MB/h"),
    /// Growth of bytes per second.
    BYTES_PER_SECOND_PER_HOUR("B/s/h", "5MB/s/h");

    private final String symbol;
    private final String example;

    Unit(String symbol, String example) {
        this.symbol = symbol;
        this.example = example;
    }

    /// Returns the unit as results carry it.
    public String symbol() {
        return symbol;
    }

    /// Returns a limit in this unit as people write it.
    public String example() {
        return example;
    }

    /// Returns the unit of what grows, as it is already when something grows in it.
    public Unit perHour() {
        return switch (this) {
            case SECONDS, SECONDS_PER_HOUR -> SECONDS_PER_HOUR;
            case RATIO, RATIO_PER_HOUR -> RATIO_PER_HOUR;
            case PER_SECOND, PER_SECOND_PER_HOUR -> PER_SECOND_PER_HOUR;
            case NUMBER, NUMBER_PER_HOUR -> NUMBER_PER_HOUR;
            case BYTES, BYTES_PER_HOUR -> BYTES_PER_HOUR;
            case BYTES_PER_SECOND, BYTES_PER_SECOND_PER_HOUR -> BYTES_PER_SECOND_PER_HOUR;
        };
    }
}
