package io.ordeal.aggregator.statistics;

import java.util.Optional;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/// Whether the values of one sample tend to be greater than those of another (Mann and Whitney 1947).
///
/// @param superiority the probability that a value of the second sample exceeds one of the first, ties counted half:
/// 0.5 where neither is greater (the common language effect size, McGraw and Wong 1992)
/// @param significance the probability of a superiority as far from 0.5 where both samples are alike (two-sided)
public record RankSum(double superiority, double significance) {
    /// Fewer values in either sample say nothing.
    public static final int FEWEST = 8;

    /// Compares two samples, or returns empty where one has fewer than [#FEWEST] values.
    public static Optional<RankSum> of(double[] first, double[] second) {
        if (first.length < FEWEST || second.length < FEWEST) {
            return Optional.empty();
        }
        var result =
                MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(second, first);
        double pairs = (double) first.length * second.length;
        double significance = Double.isNaN(result.getPValue()) ? 1 : result.getPValue();
        return Optional.of(new RankSum(result.getStatistic() / pairs, significance));
    }
}
