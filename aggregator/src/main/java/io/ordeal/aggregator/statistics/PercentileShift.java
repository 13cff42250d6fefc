package io.ordeal.aggregator.statistics;

import io.ordeal.aggregator.judge.Counts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// How much a percentile of one run differs from that of another, relative to the first.
///
/// Requests of one moment suffer alike, so single requests must not be drawn: blocks of consecutive windows are
/// (moving block bootstrap, Kuensch 1989), as long as the cube root of their number (Hall, Horowitz and Jing 1995).
public final class PercentileShift {
    /// Fewer windows of either run say nothing.
    public static final int FEWEST = 10;

    private final List<Counts> windows;
    private final int block;

    private PercentileShift(List<Counts> windows) {
        this.windows = windows;
        this.block = Math.max(1, (int) Math.round(Math.cbrt(windows.size())));
    }

    /// Returns the relative difference of the `rank` percentile with its interval: 0.1 where that of `second` is 10 %
    /// greater. Empty where a run has too few windows, or where the percentile of the first is 0.
    ///
    /// @param first windows with at least one value, in order of time
    /// @param second as `first`
    /// @param confidence of the interval, for instance 0.95
    /// @param draws how often windows are drawn; 1000 is usual
    /// @param seed of the draws: the same one gives the same interval
    public static Optional<Interval> between(
            List<Counts> first, List<Counts> second, double rank, double confidence, int draws, long seed) {
        if (first.size() < FEWEST || second.size() < FEWEST) {
            return Optional.empty();
        }
        double before = sum(first).percentile(rank);
        if (before == 0) {
            return Optional.empty();
        }
        double estimate = sum(second).percentile(rank) / before - 1;
        var one = new PercentileShift(first);
        var other = new PercentileShift(second);
        var random = new SplittableRandom(seed);
        var drawn = new double[draws];
        for (int i = 0; i < draws; i++) {
            double was = Math.max(1, one.draw(random).percentile(rank));
            drawn[i] = other.draw(random).percentile(rank) / was - 1;
        }
        Arrays.sort(drawn);
        double tail = (1 - confidence) / 2;
        double low = drawn[(int) Math.floor(tail * (draws - 1))];
        double high = drawn[(int) Math.ceil((1 - tail) * (draws - 1))];
        return Optional.of(new Interval(Math.min(low, estimate), estimate, Math.max(high, estimate)));
    }

    private Counts draw(SplittableRandom random) {
        var sum = new Counts();
        int size = windows.size();
        for (int taken = 0; taken < size; taken += block) {
            int start = random.nextInt(size - block + 1);
            for (int i = 0; i < block && taken + i < size; i++) {
                sum.add(windows.get(start + i));
            }
        }
        return sum;
    }

    private static Counts sum(List<Counts> windows) {
        var sum = new Counts();
        windows.forEach(sum::add);
        return sum;
    }
}
