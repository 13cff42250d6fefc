package io.ordeal.aggregator.statistics;

/// An estimate with its confidence interval.
///
/// @param low at most `estimate`
/// @param high at least `estimate`
public record Interval(double low, double estimate, double high) {
    /// Whether the interval lies above `value`.
    public boolean above(double value) {
        return low > value;
    }

    /// Whether the interval lies below `value`.
    public boolean below(double value) {
        return high < value;
    }
}
