package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Latency;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Latencies in order, microseconds.
final class Latencies {
    /// What a histogram counts every longer latency as: one hour.
    private static final long CEILING = 3_600_000_000L;

    private static final int DIGITS = 3;
    private static final Histogram BUCKETS = new Histogram(1, CEILING, DIGITS);

    private final long[] sorted;

    /// @param values none of them below 0
    Latencies(long[] values) {
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    long count() {
        return sorted.length;
    }

    long sum() {
        return Arrays.stream(sorted).sum();
    }

    /// Returns the exact maximum, 0 where there is none.
    long max() {
        return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    /// Returns the exact mean, 0 where there is none.
    double mean() {
        return sorted.length == 0 ? 0 : (double) sum() / sorted.length;
    }

    /// Returns the latency at a rank, 1 for the smallest, as percentiles tell it: the upper edge of its bucket, but
    /// never above the maximum.
    long at(long rank) {
        return told(sorted[Math.toIntExact(rank) - 1]);
    }

    /// Returns the latency that `percent` do not exceed, 0 where there is none.
    long percentile(double percent) {
        return sorted.length == 0 ? 0 : at(Ranks.of(percent, sorted.length));
    }

    /// Returns how many of them, as percentiles tell them, `objective` holds for.
    long within(Objective objective) {
        return Arrays.stream(sorted)
                .filter(value -> objective.holds(told(value) / 1e6))
                .count();
    }

    /// Returns [#percentile], but never above `most` rather than the maximum.
    long upTo(double percent, long most) {
        return sorted.length == 0
                ? 0
                : Math.min(edge(sorted[Math.toIntExact(Ranks.of(percent, sorted.length)) - 1]), most);
    }

    private long told(long value) {
        return Math.min(edge(value), max());
    }

    private static long edge(long value) {
        return BUCKETS.highestEquivalentValue(Math.min(value, CEILING));
    }

    /// Returns them in the contract's shape, or empty where there are none.
    Optional<Latency> summary() {
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(new Latency(
                        mean(),
                        percentile(50),
                        percentile(90),
                        percentile(95),
                        percentile(99),
                        percentile(99.9),
                        max()));
    }

    /// Returns them as an HdrHistogram in its V2 encoding; nothing where there are none.
    ByteBuffer encoded() {
        if (sorted.length == 0) {
            return ByteBuffer.allocate(0);
        }
        var histogram = new Histogram(1, CEILING, DIGITS);
        for (long value : sorted) {
            histogram.recordValue(Math.min(value, CEILING));
        }
        var bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(bytes);
        return ByteBuffer.wrap(Arrays.copyOf(bytes.array(), bytes.position()));
    }
}
