package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Finding;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.Words;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The judge of an objective on a reading. Each source is judged by itself, and the worst decides.
final class LevelJudge {
    private static final int FEWEST = 10;
    private static final int SHOWN = 5;

    private final Objective objective;
    private final Measure.Level level;
    private final Plan plan;
    private final TreeMap<Gauge, Samples> sources = new TreeMap<>();

    LevelJudge(Objective objective, Measure.Level level, Plan plan, Facts facts, Recording recording) {
        this.objective = objective;
        this.level = level;
        this.plan = plan;
        var scope = new InScope(objective, plan, facts);
        recording
                .gauges(level.reading(), objective.on())
                .forEach(gauge -> sources.put(gauge, recording.samples(gauge).where(scope)));
    }

    Answer answer() {
        if (sources.isEmpty()) {
            return Answer.of(Finding.inconclusive(0, Sentences.noReading(level.reading(), objective)));
        }
        var windows = windows();
        long failed = windows.values().stream()
                .filter(value -> !objective.holds(value))
                .count();
        var worst = windows.entrySet().stream()
                .filter(window -> !objective.holds(window.getValue()))
                .sorted(worstFirst().thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(window -> new WorstWindow(Micros.instant(window.getKey()), window.getValue()))
                .toList();
        var finding = objective.perWindow() ? perWindow(windows, failed) : overall();
        return new Answer(finding, windows.size(), failed, Optional.empty(), worst);
    }

    private Comparator<Map.Entry<Long, Double>> worstFirst() {
        Comparator<Map.Entry<Long, Double>> rising = Map.Entry.comparingByValue();
        return objective.comparison().bounded() ? rising.reversed() : rising;
    }

    private Finding overall() {
        var answers = new ArrayList<Answer>();
        sources.forEach((gauge, samples) -> answers.add(Answer.of(overall(gauge, samples))));
        return Worst.of(answers, objective.comparison()).finding();
    }

    private Finding overall(Gauge gauge, Samples samples) {
        int size = samples.size();
        if (size == 0) {
            return Finding.inconclusive(0, "no sample of " + gauge.source() + " is in scope");
        }
        double observed = StatisticOf.values(level.statistic(), samples.values());
        if (!objective.holds(observed) && (size >= FEWEST || extreme())) {
            return new Finding(Optional.of(observed), size, Verdict.FAIL, shown(observed) + " on " + gauge.source());
        }
        return size < FEWEST
                ? new Finding(
                        Optional.of(observed),
                        size,
                        Verdict.INCONCLUSIVE,
                        "too few samples of " + gauge.source() + ": " + size + ", where " + FEWEST + " are needed")
                : new Finding(Optional.of(observed), size, Verdict.PASS, "");
    }

    /// Whether one sample beyond the limit is enough.
    private boolean extreme() {
        return objective.comparison().bounded()
                ? level.statistic() instanceof Statistic.Greatest
                : level.statistic() instanceof Statistic.Least;
    }

    /// Returns the worst value of a source in each window that has samples in scope.
    private Map<Long, Double> windows() {
        var windows = new TreeMap<Long, Double>();
        for (var samples : sources.values()) {
            for (var point :
                    Steps.points(samples, plan.window(), values -> StatisticOf.values(level.statistic(), values))) {
                windows.merge(
                        point.start(), point.value(), objective.comparison().bounded() ? Math::max : Math::min);
            }
        }
        return windows;
    }

    private Finding perWindow(Map<Long, Double> windows, long failed) {
        if (windows.isEmpty()) {
            return Finding.inconclusive(0, "no sample is in scope");
        }
        var values = windows.values().stream();
        var worst = objective.comparison().bounded() ? values.max(Double::compare) : values.min(Double::compare);
        long samples = sources.values().stream().mapToLong(Samples::size).sum();
        return failed == 0
                ? new Finding(worst, samples, Verdict.PASS, "")
                : new Finding(
                        worst,
                        samples,
                        Verdict.FAIL,
                        "it did not hold in " + Words.count(failed) + " of " + Words.count(windows.size(), "window"));
    }

    private String shown(double observed) {
        return Sentences.beyond(observed, objective);
    }

    /// Returns the points of each source, for its growth.
    List<List<Steps.Point>> points() {
        long length = Steps.length(plan);
        return sources.values().stream()
                .map(samples -> Steps.points(samples, length, values -> StatisticOf.values(level.statistic(), values)))
                .toList();
    }

    /// Returns the sources, in the order of [#points].
    List<Gauge> gauges() {
        return List.copyOf(sources.keySet());
    }
}
