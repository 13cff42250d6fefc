package io.ordeal.aggregator.audit;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.Series;
import io.ordeal.aggregator.statistics.Trend;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// How fast measures grow.
final class Slopes {
    private static final double CONFIDENCE = 0.95;

    private final Dossier dossier;

    Slopes(Dossier dossier) {
        this.dossier = dossier;
    }

    /// One value for each step of time that has one, by the start of the step.
    record Points(TreeMap<Long, Double> byStep, long step) {
        int count() {
            return byStep.size();
        }

        /// Returns the slope per hour with its interval, or empty where the points are too few.
        Optional<Interval> slope() {
            if (count() < Trend.FEWEST) {
                return Optional.empty();
            }
            var times = byStep.keySet().stream().mapToDouble(this::hours).toArray();
            var values =
                    byStep.values().stream().mapToDouble(Double::doubleValue).toArray();
            return Trend.of(new Series(times, values), CONFIDENCE).map(Trend::slope);
        }

        /// Returns the time of a step in hours after the first one: so small numbers lose nothing.
        private double hours(long start) {
            return (start - byStep.firstKey()) / Micros.HOUR;
        }

        /// Returns the time from the first point to the last, hours.
        double hours() {
            return hours(byStep.lastKey());
        }

        /// Returns the median, of an even number the mean of the middle two.
        double median() {
            var sorted = byStep.values().stream().sorted().toList();
            int half = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        }
    }

    /// Returns how `measure` of the requests that `reach` is about goes: a step counts when all of it is in scope.
    Points ofRequests(Measure measure, Reach reach) {
        long step = dossier.terms().step();
        var steps = new TreeMap<Long, List<Span>>();
        for (var span : dossier.spans()) {
            steps.computeIfAbsent(Math.floorDiv(span.start(), step) * step, _ -> new ArrayList<>())
                    .add(span);
        }
        var points = new TreeMap<Long, Double>();
        steps.forEach((start, spans) -> {
            long time =
                    spans.stream().filter(reach::covers).mapToLong(reach::time).sum();
            if (time == step) {
                var evidence = evidence(reach, spans, time);
                if (evidence.ended().count() > 0) {
                    Observation.of(measure, evidence).ifPresent(value -> points.put(start, value));
                }
            }
        });
        return new Points(points, step);
    }

    private static Evidence evidence(Reach reach, List<Span> spans, long time) {
        var ended = Ended.together(spans.stream().map(reach::requests).toList());
        long dropped = spans.stream().mapToLong(reach::dropped).sum();
        return new Evidence(ended, Terms.concernsAll(reach.objective()) ? dropped : 0, 0, time, false, false);
    }

    /// Returns how a reading of one source goes over the instants that `reach` is about.
    Points ofReading(Statistic statistic, List<Resources.Reading> readings, Reach reach) {
        long step = dossier.terms().step();
        var steps = new TreeMap<Long, List<Resources.Reading>>();
        readings.stream()
                .filter(reading -> reach.covers(reading.at()))
                .forEach(reading -> steps.computeIfAbsent(
                                Math.floorDiv(reading.at(), step) * step, _ -> new ArrayList<>())
                        .add(reading));
        var points = new TreeMap<Long, Double>();
        steps.forEach((start, inStep) ->
                Levels.values(inStep).statistic(statistic).ifPresent(value -> points.put(start, value)));
        return new Points(points, step);
    }

    Ruling of(Objective objective, Measure of) {
        var reach = dossier.reach(objective);
        if (of instanceof Measure.Level(var reading, var statistic, var _)) {
            return dossier.resources().of(reading, objective).values().stream()
                    .map(readings -> ruling(objective, ofReading(statistic, readings, reach)))
                    .max(Levels.worstLast(objective))
                    .orElse(Ruling.of(Finding.NOTHING));
        }
        var ruling = ruling(objective, ofRequests(of, reach));
        var saturated = new Evidence(new Ended(List.of()), 0, 0, 0, false, dossier.tooSaturated());
        return ruling.with(RequestJudge.trusted(of, saturated, ruling.finding()).verdict());
    }

    private static Ruling ruling(Objective objective, Points points) {
        var slope = points.slope();
        if (slope.isEmpty()) {
            return Ruling.of(new Finding(Optional.empty(), points.count(), Verdict.INCONCLUSIVE));
        }
        var found = slope.get();
        boolean bounded = objective.comparison().bounded();
        double bad = bounded ? found.high() : found.low();
        double good = bounded ? found.low() : found.high();
        var verdict = objective.holds(bad) ? Verdict.PASS : objective.holds(good) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        return Ruling.of(new Finding(Optional.of(found.estimate()), points.count(), verdict))
                .with(new Ruling.Ends(found.low(), found.high()));
    }
}
