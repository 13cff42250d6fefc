package io.ordeal.aggregator.statistics;

import java.util.Arrays;

/// Values over time.
///
/// @param times ascending, in the unit that slopes are wanted per
/// @param values as many as times
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Series(double[] times, double[] values) {
    public Series {
        if (times.length != values.length) {
            throw new IllegalArgumentException(times.length + " times, but " + values.length + " values");
        }
    }

    /// Returns how many values there are.
    public int size() {
        return values.length;
    }

    /// Returns at most `most` values: the medians of as many equal stretches of the series. A median keeps what a
    /// straight line through the series sees and forgets single outliers.
    public Series thinned(int most) {
        if (size() <= most) {
            return this;
        }
        var thinTimes = new double[most];
        var thinValues = new double[most];
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * size() / most);
            int to = (int) ((long) (i + 1) * size() / most);
            thinTimes[i] = median(Arrays.copyOfRange(times, from, to));
            thinValues[i] = median(Arrays.copyOfRange(values, from, to));
        }
        return new Series(thinTimes, thinValues);
    }

    /// Returns the median of `values`, which it puts in order.
    static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
