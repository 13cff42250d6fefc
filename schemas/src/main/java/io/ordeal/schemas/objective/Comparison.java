package io.ordeal.schemas.objective;

/// How an observed value must stand to its limit.
public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /// Returns the comparison as it is written.
    public String symbol() {
        return symbol;
    }

    /// Whether `observed` stands so to `limit`.
    public boolean holds(double observed, double limit) {
        return switch (this) {
            case LESS -> observed < limit;
            case AT_MOST -> observed <= limit;
            case MORE -> observed > limit;
            case AT_LEAST -> observed >= limit;
        };
    }

    /// Whether smaller values are better.
    public boolean bounded() {
        return this == LESS || this == AT_MOST;
    }
}
