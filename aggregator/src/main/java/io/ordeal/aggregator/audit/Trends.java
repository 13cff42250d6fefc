package io.ordeal.aggregator.audit;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How latency, errors, throughput and every reading went over the judged phases.
final class Trends {
    private static final double FLAT = 0.1;
    /// Whatever lies in a judged phase.
    private static final Objective ALL = ObjectiveParser.parse("errors < 100%");

    private final Dossier dossier;
    private final Slopes slopes;
    private final Reach judged;

    Trends(Dossier dossier) {
        this.dossier = dossier;
        this.slopes = new Slopes(dossier);
        this.judged = dossier.reach(ALL);
    }

    List<Trend> all() {
        var trends = new ArrayList<Trend>();
        var response = Measure.Latency.RESPONSE;
        add(trends, "p50", "s", new Measure.Percentile(50, response));
        add(trends, "p95", "s", new Measure.Percentile(95, response));
        add(trends, "errors", "ratio", new Measure.ErrorRatio());
        add(trends, "throughput", "1/s", new Measure.Throughput());
        dossier.resources().all().forEach((series, readings) -> {
            var points = slopes.ofReading(new Statistic.Average(), readings, judged);
            trend(series.reading(), series.source(), "", points).ifPresent(trends::add);
        });
        return trends;
    }

    private void add(List<Trend> trends, String subject, String unit, Measure measure) {
        trend(subject, "", unit, slopes.ofRequests(measure, judged)).ifPresent(trends::add);
    }

    private static Optional<Trend> trend(String subject, String source, String unit, Slopes.Points points) {
        return points.slope()
                .map(slope -> new Trend(
                        subject,
                        source,
                        unit,
                        points.count(),
                        slope.estimate(),
                        slope.low(),
                        slope.high(),
                        points.median(),
                        direction(slope, points)));
    }

    private static Direction direction(Interval slope, Slopes.Points points) {
        if (slope.above(0)) {
            return Direction.RISING;
        }
        if (slope.below(0)) {
            return Direction.FALLING;
        }
        double most = Math.max(Math.abs(slope.low()), Math.abs(slope.high())) * points.hours();
        return most <= FLAT * Math.abs(points.median()) ? Direction.FLAT : Direction.UNCLEAR;
    }
}
