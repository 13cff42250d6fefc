package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Looks how latency, errors, throughput and every reading went over the judged phases.
final class TrendFinder {
    /// An interval that leaves so much of the level open says that nothing much has changed.
    private static final double FLAT = 0.1;

    private static final Statistic MEAN = new Statistic.Average();

    private final Plan plan;
    private final Facts facts;
    private final List<Trend> trends = new ArrayList<>();

    private TrendFinder(Plan plan, Facts facts) {
        this.plan = plan;
        this.facts = facts;
    }

    /// @param requests the points of each of [StepLine#TRENDS]
    static List<Trend> find(Plan plan, Facts facts, Recording recording, List<List<Steps.Point>> requests) {
        var finder = new TrendFinder(plan, facts);
        for (int i = 0; i < StepLine.TRENDS.size(); i++) {
            var measure = StepLine.TRENDS.get(i);
            finder.add(subject(measure), "", measure.unit().symbol(), requests.get(i));
        }
        finder.readings(recording);
        return finder.trends;
    }

    private static String subject(Measure measure) {
        return switch (measure) {
            case Measure.Percentile(double rank, var _) -> "p" + (int) rank;
            case Measure.ErrorRatio _ -> "errors";
            case Measure.Throughput _ -> "throughput";
            case Measure other -> throw new IllegalArgumentException("no trend is drawn of " + other);
        };
    }

    private void readings(Recording recording) {
        var judged = new InScope(StepLine.wholeRun(), plan, facts);
        long length = Steps.length(plan);
        for (var gauge : recording.gauges()) {
            var samples = recording.samples(gauge).where(judged);
            var points = Steps.points(samples, length, values -> StatisticOf.values(MEAN, values));
            add(gauge.reading(), gauge.source(), "", points);
        }
    }

    private void add(String subject, String source, String unit, List<Steps.Point> points) {
        var series = Steps.series(points);
        io.ordeal.aggregator.statistics.Trend.of(series, SlopeJudge.CONFIDENCE).ifPresent(trend -> {
            var slope = trend.slope();
            double level = median(series.values());
            double change = Math.max(Math.abs(slope.low()), Math.abs(slope.high())) * series.times()[points.size() - 1];
            var direction = slope.above(0)
                    ? Direction.RISING
                    : slope.below(0)
                            ? Direction.FALLING
                            : change <= FLAT * Math.abs(level) ? Direction.FLAT : Direction.UNCLEAR;
            trends.add(new Trend(
                    subject,
                    source,
                    unit,
                    points.size(),
                    slope.estimate(),
                    slope.low(),
                    slope.high(),
                    level,
                    direction));
        });
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
