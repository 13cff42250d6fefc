package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.statistics.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The steps of time that slopes and trends have points for.
public final class Steps {
    private static final int MOST = 1000;
    private static final double HOUR = 3.6e9;

    private Steps() {}

    /// A value that stands for a step.
    ///
    /// @param start of the step, microseconds since the epoch
    public record Point(long start, double value) {}

    /// Returns the length of a step: the smallest of window, 2 windows, 4 windows ... of which at most 1,000 make up
    /// the
    /// planned length of the load; microseconds.
    public static long length(Plan plan) {
        long planned = plan.source().phases().stream()
                .mapToLong(phase -> Micros.of(phase.start()) + Micros.of(phase.duration()))
                .max()
                .orElse(0);
        long length = plan.window();
        while (length * MOST < planned) {
            length *= 2;
        }
        return length;
    }

    /// Returns the start of the step that `at` falls into; steps are aligned to the epoch.
    public static long start(long at, long length) {
        return Math.floorDiv(at, length) * length;
    }

    /// Returns a point for each step that has samples, in order of time.
    static List<Point> points(Samples samples, long length, ToDoubleFunction<double[]> statistic) {
        var points = new java.util.ArrayList<Point>();
        for (int from = 0; from < samples.size(); ) {
            long start = start(samples.times()[from], length);
            var step = samples.between(samples.times()[from], start + length);
            points.add(new Point(start, statistic.applyAsDouble(step.values())));
            from += step.size();
        }
        return points;
    }

    /// Returns the points over time in hours, the middle of the first at 0: steps are all of one length, so their
    /// starts
    /// are as far apart as their middles.
    static Series series(List<Point> points) {
        var times = new double[points.size()];
        var values = new double[points.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = (points.get(i).start - points.getFirst().start) / HOUR;
            values[i] = points.get(i).value;
        }
        return new Series(times, values);
    }
}
