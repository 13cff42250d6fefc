package io.ordeal.aggregator;

import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Brings results into an order and a form in which they can be compared field by field.
final class Comparison {
    private Comparison() {}

    /// Sorted; without the count of late events so far, which says when a window was told, not what is in it.
    static List<WindowSummary> windows(List<WindowSummary> windows) {
        return windows.stream()
                .map(each -> new WindowSummary(
                        each.run(),
                        each.start(),
                        each.length(),
                        each.phase(),
                        each.scenario(),
                        each.request(),
                        each.closedBy(),
                        each.earliestSent(),
                        each.counts(),
                        each.ledger(),
                        each.response(),
                        each.service(),
                        each.responseHistogram(),
                        each.serviceHistogram(),
                        each.bytesOut(),
                        each.bytesIn(),
                        0,
                        each.faults(),
                        each.saturated(),
                        each.measures()))
                .sorted(Comparator.comparing(WindowSummary::run)
                        .thenComparing(WindowSummary::start)
                        .thenComparing(WindowSummary::phase)
                        .thenComparing(WindowSummary::scenario)
                        .thenComparing(WindowSummary::request))
                .toList();
    }

    /// Sorted by time, otherwise in the order of telling.
    static List<VerdictEvent> verdicts(List<VerdictEvent> verdicts) {
        var sorted = new ArrayList<>(verdicts);
        sorted.sort(Comparator.comparing(VerdictEvent::run).thenComparing(VerdictEvent::at));
        return sorted;
    }
}
