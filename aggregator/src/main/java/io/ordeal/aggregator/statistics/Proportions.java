package io.ordeal.aggregator.statistics;

import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Parts of a whole, such as error ratios.
public final class Proportions {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Proportions() {}

    /// Returns the score interval of `hits` of `all` (Wilson 1927), or empty where there are none. It holds for small
    /// numbers and for ratios of 0 and 1, too.
    public static Optional<Interval> ratio(long hits, long all, double confidence) {
        if (all <= 0) {
            return Optional.empty();
        }
        double z = NORMAL.inverseCumulativeProbability(1 - (1 - confidence) / 2);
        double p = (double) hits / all;
        double scale = 1 + z * z / all;
        double middle = (p + z * z / (2 * all)) / scale;
        double reach = z * Math.sqrt(p * (1 - p) / all + z * z / (4.0 * all * all)) / scale;
        return Optional.of(new Interval(Math.min(p, middle - reach), p, Math.max(p, middle + reach)));
    }

    /// Returns the difference of the second ratio and the first with its interval (Newcombe 1998, method 10), or empty
    /// where one is of nothing.
    public static Optional<Interval> difference(
            long firstHits, long firstAll, long secondHits, long secondAll, double confidence) {
        return ratio(firstHits, firstAll, confidence)
                .flatMap(first -> ratio(secondHits, secondAll, confidence).map(second -> difference(first, second)));
    }

    private static Interval difference(Interval first, Interval second) {
        double estimate = second.estimate() - first.estimate();
        double down = Math.hypot(second.estimate() - second.low(), first.high() - first.estimate());
        double up = Math.hypot(second.high() - second.estimate(), first.estimate() - first.low());
        return new Interval(estimate - down, estimate, estimate + up);
    }
}
