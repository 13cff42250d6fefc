package io.ordeal.schemas.objective;

/// Which single value stands for many.
public sealed interface Statistic {
    /// The value that `percent` of the values do not exceed.
    ///
    /// @param percent above 0 and up to 100: 99.9 for p99.9
    record Rank(double percent) implements Statistic {}

    /// The arithmetic mean.
    record Average() implements Statistic {}

    /// The smallest.
    record Least() implements Statistic {}

    /// The greatest.
    record Greatest() implements Statistic {}
}
