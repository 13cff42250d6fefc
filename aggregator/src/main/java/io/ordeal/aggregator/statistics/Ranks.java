package io.ordeal.aggregator.statistics;

import java.util.Arrays;

/// The places of values in their order, from 1; equal values share the mean of their places.
final class Ranks {
    private Ranks() {}

    static double[] of(double[] values) {
        var order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Double.compare(values[one], values[other]));
        var ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
