package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How objectives on readings stand over a run: each source by itself, the worst decides.
final class Levels {
    private static final int FEWEST = 10;

    private final Dossier dossier;

    Levels(Dossier dossier) {
        this.dossier = dossier;
    }

    Ruling of(Objective objective, Measure.Level level) {
        var scoped = scoped(objective, level);
        var windows = windows(objective, level, scoped);
        var finding = objective.form() == Form.PER_WINDOW
                ? windows.together()
                : worst(objective, level, scoped.values(), FEWEST);
        return Ruling.of(finding).with(windows);
    }

    private Map<String, List<Resources.Reading>> scoped(Objective objective, Measure.Level level) {
        var reach = dossier.reach(objective);
        var scoped = new TreeMap<String, List<Resources.Reading>>();
        dossier.resources().of(level.reading(), objective).forEach((source, readings) -> {
            var inScope = readings.stream()
                    .filter(reading -> reach.covers(reading.at()))
                    .toList();
            if (!inScope.isEmpty()) {
                scoped.put(source, inScope);
            }
        });
        return scoped;
    }

    private WindowFindings windows(
            Objective objective, Measure.Level level, Map<String, List<Resources.Reading>> scoped) {
        var byWindow = new TreeMap<Long, Map<String, List<Resources.Reading>>>();
        scoped.forEach((source, readings) -> readings.forEach(
                reading -> byWindow.computeIfAbsent(dossier.terms().windowOf(reading.at()), _ -> new TreeMap<>())
                        .computeIfAbsent(source, _ -> new ArrayList<>())
                        .add(reading)));
        var findings = new TreeMap<Long, Finding>();
        byWindow.forEach((start, sources) -> findings.put(start, worst(objective, level, sources.values(), 1)));
        return new WindowFindings(objective, findings);
    }

    private static Finding worst(
            Objective objective,
            Measure.Level level,
            java.util.Collection<List<Resources.Reading>> sources,
            int needed) {
        return sources.stream()
                .map(readings -> Ruling.of(finding(objective, level.statistic(), values(readings), needed)))
                .max(worstLast(objective))
                .map(Ruling::finding)
                .orElse(Finding.NOTHING);
    }

    private static Finding finding(Objective objective, Statistic statistic, Values values, int needed) {
        var observed = values.statistic(statistic);
        boolean holds = observed.filter(objective::holds).isPresent();
        boolean oneIsEnough = objective.comparison().bounded()
                ? statistic instanceof Statistic.Greatest
                : statistic instanceof Statistic.Least;
        boolean enough = values.count() >= needed || (!holds && oneIsEnough);
        return new Finding(
                observed, values.count(), !enough ? Verdict.INCONCLUSIVE : holds ? Verdict.PASS : Verdict.FAIL);
    }

    static Values values(List<Resources.Reading> readings) {
        return new Values(
                readings.stream().mapToDouble(Resources.Reading::value).toArray());
    }

    /// Orders rulings on sources so that the one that decides is the last: the worst verdict, then the worst value.
    static Comparator<Ruling> worstLast(Objective objective) {
        var byValue = WindowFindings.worseLast(objective);
        Comparator<Optional<Double>> emptyFirst = (a, b) -> a.isPresent() && b.isPresent()
                ? byValue.compare(a.get(), b.get())
                : Boolean.compare(a.isPresent(), b.isPresent());
        return Comparator.<Ruling>comparingInt(
                        ruling -> Finding.severity(ruling.finding().verdict()))
                .thenComparing(ruling -> ruling.finding().observed(), emptyFirst)
                .thenComparingLong(ruling -> ruling.finding().samples());
    }
}
