package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import java.util.Arrays;
import java.util.Optional;

/// Values of a custom measure or a reading in order, each kept to four significant digits.
final class Values {
    private final double[] sorted;

    /// @param values kept to four digits
    Values(double[] values) {
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    long count() {
        return sorted.length;
    }

    double least() {
        return sorted[0];
    }

    double greatest() {
        return sorted[sorted.length - 1];
    }

    /// Returns the mean; the sum runs over the different values from the smallest on, each times its count.
    double mean() {
        double sum = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            sum += (to - from) * sorted[from];
            from = to;
        }
        return sum / sorted.length;
    }

    double percentile(double percent) {
        return at(Ranks.of(percent, sorted.length));
    }

    /// Returns the value at a rank, 1 for the smallest.
    double at(long rank) {
        return sorted[Math.toIntExact(rank) - 1];
    }

    /// Returns how many `objective` holds for.
    long within(Objective objective) {
        return Arrays.stream(sorted).filter(objective::holds).count();
    }

    /// Returns the one that stands for all, or empty where there are none.
    Optional<Double> statistic(Statistic statistic) {
        if (sorted.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (statistic) {
                    case Statistic.Rank(double percent) -> percentile(percent);
                    case Statistic.Average _ -> mean();
                    case Statistic.Least _ -> least();
                    case Statistic.Greatest _ -> greatest();
                });
    }
}
