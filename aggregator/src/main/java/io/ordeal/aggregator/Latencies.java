package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Tally;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;

/// Latencies in the buckets of Prometheus: native ones, and classic ones up to given bounds. It only grows.
///
/// A value counts as the upper edge of the bucket that it was counted in, but never as more than the maximum, as for
/// verdicts: what is below the bound at an objective's limit is what held.
final class Latencies {
    /// 32 buckets to each doubling: 2.2 % wide.
    private static final int SCHEMA = 5;

    private static final double PER_DOUBLING = 1 << SCHEMA;
    private static final double ZERO = 1e-9;
    private static final double MICROS = 1e6;
    private static final int ROOM = 64;

    private final double[] bounds;
    private final long[] classic;
    private long[] positive = {};
    private int first;
    private long zero;
    private long sum;

    /// Starts empty.
    ///
    /// @param bounds the upper bounds of the classic buckets, seconds, ascending; one without bound comes on top
    Latencies(double[] bounds) {
        this(bounds, new long[bounds.length + 1]);
    }

    private Latencies(double[] bounds, long[] classic) {
        this.bounds = bounds;
        this.classic = classic;
    }

    /// Counts what `latency` has counted.
    void add(Tally.Distribution latency) {
        latency.counts().forEach((_, highest, count) -> count(Math.min(highest, latency.max()), count));
        sum += latency.sum();
    }

    private void count(long micros, long count) {
        double seconds = micros / MICROS;
        int bound = Arrays.binarySearch(bounds, seconds);
        classic[bound < 0 ? -bound - 1 : bound] += count;
        if (micros == 0) {
            zero += count;
        } else {
            int place = place((int) Math.ceil(Math.log(seconds) / Math.log(2) * PER_DOUBLING));
            positive[place] += count;
        }
    }

    /// Returns where the native bucket `index` is, and makes room for it.
    private int place(int index) {
        if (positive.length == 0) {
            first = index - ROOM / 2;
            positive = new long[ROOM];
        } else if (index < first) {
            int more = first - index + ROOM;
            var wider = new long[positive.length + more];
            System.arraycopy(positive, 0, wider, more, positive.length);
            positive = wider;
            first -= more;
        } else if (index >= first + positive.length) {
            positive = Arrays.copyOf(positive, index - first + ROOM);
        }
        return index - first;
    }

    /// Returns the same as it is now.
    Latencies copy() {
        var copy = new Latencies(bounds, classic.clone());
        copy.positive = positive.clone();
        copy.first = first;
        copy.zero = zero;
        copy.sum = sum;
        return copy;
    }

    /// Returns it in Prometheus' shape.
    HistogramDataPointSnapshot point(Labels labels) {
        var buckets = NativeHistogramBuckets.builder();
        for (int i = 0; i < positive.length; i++) {
            if (positive[i] > 0) {
                buckets.bucket(first + i, positive[i]);
            }
        }
        var classicBuckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < classic.length; i++) {
            classicBuckets.bucket(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, classic[i]);
        }
        return HistogramDataPointSnapshot.builder()
                .labels(labels)
                .nativeSchema(SCHEMA)
                .nativeZeroThreshold(ZERO)
                .nativeZeroCount(zero)
                .nativeBucketsForPositiveValues(buckets.build())
                .classicHistogramBuckets(classicBuckets.build())
                .sum(sum / MICROS)
                .build();
    }
}
