package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.MeasureSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/// Values of one custom measure, kept to [FourDigits]: how often each came.
///
/// Everything that is said of them is exact for what is kept, and adding loses nothing.
public final class Values {
    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    /// Counts one value that [FourDigits#fits].
    public void record(double value) {
        add(FourDigits.index(value), 1);
    }

    private void add(int index, long count) {
        counts.merge(index, count, Long::sum);
        total += count;
    }

    /// Adds what `other` has counted.
    public void add(Values other) {
        other.counts.forEach(this::add);
    }

    /// Returns how many values there are.
    public long count() {
        return total;
    }

    /// Returns one value for all; there must be some.
    public double statistic(Statistic statistic) {
        return switch (statistic) {
            case Statistic.Rank(double percent) -> at(Counts.ranked(percent, total));
            case Statistic.Average _ -> mean();
            case Statistic.Least _ -> FourDigits.value(counts.firstKey());
            case Statistic.Greatest _ -> FourDigits.value(counts.lastKey());
        };
    }

    private double mean() {
        var sum = BigDecimal.ZERO;
        for (var entry : counts.entrySet()) {
            sum = sum.add(FourDigits.number(entry.getKey()).multiply(BigDecimal.valueOf(entry.getValue())));
        }
        return sum.divide(BigDecimal.valueOf(total), MathContext.DECIMAL128).doubleValue();
    }

    /// Returns the `rank`-th smallest, from 1 to [#count].
    public double at(long rank) {
        long left = rank;
        for (var entry : counts.entrySet()) {
            left -= entry.getValue();
            if (left <= 0) {
                return FourDigits.value(entry.getKey());
            }
        }
        throw new IllegalArgumentException("there is no value number " + rank + " of " + total);
    }

    /// Returns how many values stand so to `limit`.
    public long within(Comparison comparison, double limit) {
        return counts.entrySet().stream()
                .filter(entry -> comparison.holds(FourDigits.value(entry.getKey()), limit))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Returns them in the contract's shape; there must be some.
    public MeasureSummary summary(String name) {
        return new MeasureSummary(
                name,
                total,
                mean(),
                statistic(new Statistic.Least()),
                statistic(new Statistic.Greatest()),
                at(Counts.ranked(50, total)),
                at(Counts.ranked(90, total)),
                at(Counts.ranked(95, total)),
                at(Counts.ranked(99, total)));
    }

    /// Writes them: for each the distance to the one before, and how often it came.
    public void write(ByteWriter out) {
        out.number(counts.size());
        int last = 0;
        for (var entry : counts.entrySet()) {
            out.number(entry.getKey() - last).number(entry.getValue());
            last = entry.getKey();
        }
    }

    /// Adds what [#write] has written.
    public void addFrom(ByteReader in) {
        int index = 0;
        for (int left = in.integer(); left > 0; left--) {
            index += in.integer();
            add(index, in.number());
        }
    }
}
