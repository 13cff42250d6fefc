package io.ordeal.aggregator.resources;

import io.ordeal.schemas.objective.Statistic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/// The single value that stands for many.
final class StatisticOf {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private StatisticOf() {}

    /// Returns the statistic of `values`, of which there is at least one. A percentile is the value at its nearest
    /// rank,
    /// the ceil(N / 100 n)-th smallest.
    static double values(Statistic statistic, double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return switch (statistic) {
            case Statistic.Least _ -> sorted[0];
            case Statistic.Greatest _ -> sorted[sorted.length - 1];
            case Statistic.Average _ -> Arrays.stream(sorted).average().orElseThrow();
            case Statistic.Rank(double percent) -> sorted[rank(percent, sorted.length) - 1];
        };
    }

    /// In decimals: in binary, 99.9 % of 1,000 is more than 999.
    private static int rank(double percent, int count) {
        return BigDecimal.valueOf(percent)
                .multiply(BigDecimal.valueOf(count))
                .divide(WHOLE, 0, RoundingMode.CEILING)
                .intValueExact();
    }
}
