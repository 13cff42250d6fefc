package io.ordeal.aggregator.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How steeply a series rises or falls.
///
/// The slope is the median of the slopes between all pairs of points (Theil 1950, Sen 1968): up to 29 % of the points
/// may be outliers. Its interval follows from Kendall's S, whose variance is corrected for ties (Sen 1968) and for
/// autocorrelation: samples of one process are not independent, and without the correction every
/// slow wave is a significant trend.
///
/// @param slope per unit of time
/// @param tau Kendall's rank correlation of time and value, -1 to 1
/// @param significance the probability of a tau as far from 0 in a series without a trend (Mann-Kendall, two-sided)
/// @param samples how many points it stands on
public record Trend(Interval slope, double tau, double significance, int samples) {
    /// Fewer points say nothing about a trend.
    public static final int FEWEST = 10;

    /// More are thinned: every pair of points is looked at, of hundreds of series at the end of a run.
    private static final int MOST = 400;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /// Returns the trend of `series`, or empty where it has fewer than [#FEWEST] points.
    ///
    /// @param confidence of the interval, for instance 0.95
    public static Optional<Trend> of(Series series, double confidence) {
        if (series.size() < FEWEST) {
            return Optional.empty();
        }
        var thin = series.thinned(MOST);
        var slopes = slopes(thin);
        if (slopes.length == 0) {
            return Optional.empty();
        }
        double median = middle(slopes);
        long s = kendall(thin.values());
        double variance = variance(thin.values()) * inflation(thin, median);
        double z = NORMAL.inverseCumulativeProbability(1 - (1 - confidence) / 2);
        double reach = z * Math.sqrt(variance);
        int last = slopes.length - 1;
        int low = Math.clamp(Math.round((slopes.length - reach) / 2) - 1, 0, last);
        int high = Math.clamp(Math.round((slopes.length + reach) / 2), 0, last);
        var interval = new Interval(Math.min(slopes[low], median), median, Math.max(slopes[high], median));
        return Optional.of(new Trend(interval, tau(thin.values(), s), significance(s, variance), thin.size()));
    }

    private static double[] slopes(Series series) {
        int n = series.size();
        var slopes = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double apart = series.times()[j] - series.times()[i];
                if (apart > 0) {
                    slopes[count++] = (series.values()[j] - series.values()[i]) / apart;
                }
            }
        }
        var found = Arrays.copyOf(slopes, count);
        Arrays.parallelSort(found);
        return found;
    }

    /// Returns the median of values in order.
    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// Returns how many pairs rise less how many fall.
    private static long kendall(double[] values) {
        long s = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                s += (long) Math.signum(values[j] - values[i]);
            }
        }
        return s;
    }

    /// Returns the variance of S for independent values, groups of equal ones taken into account.
    private static double variance(double[] values) {
        double n = values.length;
        double ties = tieGroups(values, t -> t * (t - 1) * (2 * t + 5));
        return (n * (n - 1) * (2 * n + 5) - ties) / 18;
    }

    private static double tau(double[] values, long s) {
        double n = values.length;
        double pairs = n * (n - 1) / 2;
        double tied = tieGroups(values, t -> t * (t - 1) / 2);
        return pairs == tied ? 0 : s / Math.sqrt(pairs * (pairs - tied));
    }

    private static double significance(long s, double variance) {
        if (s == 0 || variance <= 0) {
            return 1;
        }
        return 2 * NORMAL.survivalProbability(Math.abs(s) / Math.sqrt(variance));
    }

    private static double tieGroups(double[] values, DoubleUnaryOperator weight) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            sum += weight.applyAsDouble(to - from);
            from = to;
        }
        return sum;
    }

    /// Returns by how much autocorrelation widens the variance of S: the greater of what all lags say (Hamed and Rao
    /// 1998, equation 12), which sees waves, and what the first lag says of a series that remembers only its last
    /// value (Yue and Wang 2004), which the other underrates. Never less than 1: it is there to be careful.
    private static double inflation(Series series, double slope) {
        var rest = new double[series.size()];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = series.values()[i] - slope * series.times()[i];
        }
        var correlations = correlations(Ranks.of(rest));
        return Math.max(1, Math.max(byAllLags(correlations), byFirstLag(correlations)));
    }

    /// Returns `1 + 2 / (n (n-1) (n-2)) sum (n-i) (n-i-1) (n-i-2) rho(i)` over the lags i whose rho is significant.
    private static double byAllLags(double[] correlations) {
        double n = correlations.length;
        double significant = 1.96 / Math.sqrt(n);
        double sum = 0;
        for (int lag = 1; lag < n - 2; lag++) {
            if (Math.abs(correlations[lag]) > significant) {
                sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlations[lag];
            }
        }
        return 1 + 2 * sum / (n * (n - 1) * (n - 2));
    }

    /// Returns `1 + 2 sum (1 - i/n) rho(1)^i`.
    private static double byFirstLag(double[] correlations) {
        int n = correlations.length;
        double power = 1;
        double sum = 0;
        for (int lag = 1; lag < n; lag++) {
            power *= correlations[1];
            sum += (1 - (double) lag / n) * power;
        }
        return 1 + 2 * sum;
    }

    /// Returns the autocorrelation of `ranks` at each lag; 0 everywhere where all ranks are equal.
    private static double[] correlations(double[] ranks) {
        int n = ranks.length;
        double mean = (n + 1) / 2.0;
        double all =
                Arrays.stream(ranks).map(rank -> (rank - mean) * (rank - mean)).sum();
        var correlations = new double[n];
        for (int lag = 1; lag < n && all > 0; lag++) {
            double together = 0;
            for (int i = 0; i + lag < n; i++) {
                together += (ranks[i] - mean) * (ranks[i + lag] - mean);
            }
            correlations[lag] = together / all;
        }
        return correlations;
    }
}
