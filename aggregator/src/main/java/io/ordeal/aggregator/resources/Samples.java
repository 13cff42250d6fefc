package io.ordeal.aggregator.resources;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// What one gauge showed, in order of time.
///
/// @param times microseconds since the epoch, rising
/// @param values as many as times
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Samples(long[] times, double[] values) {
    /// No samples.
    public static final Samples NONE = new Samples(new long[0], new double[0]);

    /// Returns how many there are.
    public int size() {
        return times.length;
    }

    /// Returns those at instants that `counts` says.
    public Samples where(LongPredicate counts) {
        var collected = new Collector();
        for (int i = 0; i < size(); i++) {
            if (counts.test(times[i])) {
                collected.add(times[i], values[i]);
            }
        }
        return collected.samples();
    }

    /// Returns those from `from` to just before `to`.
    public Samples between(long from, long to) {
        int first = place(from);
        int last = Math.max(place(to), first);
        return new Samples(Arrays.copyOfRange(times, first, last), Arrays.copyOfRange(values, first, last));
    }

    /// Returns the index of the first at `at` or later.
    private int place(long at) {
        int found = Arrays.binarySearch(times, at);
        return found < 0 ? -found - 1 : found;
    }

    /// Collects samples, which come in order of time.
    public static final class Collector {
        private long[] times = new long[64];
        private double[] values = new double[64];
        private int size;

        /// Adds one.
        public void add(long at, double value) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            times[size] = at;
            values[size++] = value;
        }

        /// Returns what was added.
        public Samples samples() {
            return new Samples(Arrays.copyOf(times, size), Arrays.copyOf(values, size));
        }
    }
}
