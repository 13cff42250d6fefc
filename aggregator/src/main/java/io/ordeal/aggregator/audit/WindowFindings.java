package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How an objective stands in each window that it judges.
///
/// @param byStart by the start of the window, microseconds since the epoch
record WindowFindings(Objective objective, Map<Long, Finding> byStart) {
    private static final int WORST = 5;

    static WindowFindings of(Reach reach, List<Span> told) {
        var findings = new TreeMap<Long, Finding>();
        told.forEach(span -> reach.finding(span).ifPresent(finding -> findings.put(span.start(), finding)));
        return new WindowFindings(reach.objective(), findings);
    }

    long windows() {
        return byStart.size();
    }

    long failed() {
        return byStart.values().stream().filter(Finding::failed).count();
    }

    /// Returns the worst value of two or more for `objective`.
    static Comparator<Double> worseLast(Objective objective) {
        return objective.comparison().bounded()
                ? Comparator.naturalOrder()
                : Comparator.<Double>naturalOrder().reversed();
    }

    /// Returns what one verdict over all windows is: FAIL when one fails, INCONCLUSIVE when one could not be judged or
    /// there was none.
    Finding together() {
        var observed = byStart.values().stream()
                .flatMap(finding -> finding.observed().stream())
                .max(worseLast(objective));
        long samples = byStart.values().stream().mapToLong(Finding::samples).sum();
        boolean open = byStart.isEmpty()
                || byStart.values().stream().anyMatch(finding -> finding.verdict() == Verdict.INCONCLUSIVE);
        return new Finding(observed, samples, failed() > 0 ? Verdict.FAIL : open ? Verdict.INCONCLUSIVE : Verdict.PASS);
    }

    /// Returns the worst windows that fail with something observed, the worst first, of equal ones the earliest.
    List<WorstWindow> worst() {
        var worstFirst = Map.Entry.<Long, Double>comparingByValue(
                        worseLast(objective).reversed())
                .thenComparing(Map.Entry.comparingByKey());
        return byStart.entrySet().stream()
                .filter(entry -> entry.getValue().failed())
                .flatMap(entry -> Optional.of(entry.getValue()).flatMap(Finding::observed).stream()
                        .map(observed -> Map.entry(entry.getKey(), observed)))
                .sorted(worstFirst)
                .limit(WORST)
                .map(entry -> new WorstWindow(Micros.instant(entry.getKey()), entry.getValue()))
                .toList();
    }
}
