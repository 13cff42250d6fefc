package io.ordeal.schemas.objective;

/// The unit of a measure and its limit.
public enum Unit {
    /// Seconds.
    SECONDS("s"),
    /// A part of the whole, 0 to 1.
    RATIO("ratio"),
    /// Requests per second.
    PER_SECOND("1/s");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /// Returns the unit as results carry it.
    public String symbol() {
        return symbol;
    }
}
