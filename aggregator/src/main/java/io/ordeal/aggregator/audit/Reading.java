package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the records of a run into a dossier.
final class Reading {
    private static final String AGGREGATOR = "aggregator";

    private final RunRecords records;
    private final Terms terms;
    private final Set<Long> waited;
    private final TreeMap<Integer, SegmentLog> segments = new TreeMap<>();

    Reading(RunRecords records, Results told) {
        this.records = records;
        this.terms = new Terms(records.objectives());
        this.waited = told.windows().stream()
                .filter(window -> window.closedBy() == ClosedBy.WAIT)
                .map(WindowSummary::start)
                .map(Micros::of)
                .collect(Collectors.toSet());
    }

    Dossier dossier() {
        var slots = new Slots(terms.window());
        var pace = new Pace();
        for (var timing : records.timings().stream().filter(this::known).toList()) {
            segments.computeIfAbsent(timing.segment(), _ -> new SegmentLog(terms.window(), slots, pace, waited))
                    .read(timing);
        }
        segments.values().forEach(SegmentLog::end);
        var story = Story.of(events());
        var resources = Resources.of(terms.source().run(), records.samples(), story);
        var instances = new TreeSet<String>();
        segments.values().forEach(segment -> instances.addAll(segment.instances()));
        return new Dossier(
                terms,
                story,
                Span.all(slots.told()),
                waited,
                segments.values().stream().map(SegmentLog::account).reduce(Account.NONE, Account::plus),
                terms.source().segments() - segments.size(),
                segments.values().stream()
                        .filter(segment -> !segment.finished())
                        .count(),
                segments.values().stream().mapToLong(SegmentLog::handovers).sum(),
                instances,
                pace,
                resources,
                pulse(),
                resources.refused()
                        + segments.values().stream()
                                .mapToLong(SegmentLog::refused)
                                .sum());
    }

    /// Timings of what the plan does not know are with the dead letters.
    private boolean known(Timing timing) {
        return timing.segment() >= 0
                && timing.segment() < terms.source().segments()
                && switch (timing.event()) {
                    case SegmentTick _ -> true;
                    case RequestTiming request ->
                        request.phase() >= 0
                                && request.phase() < terms.phases()
                                && request.request() >= 0
                                && request.request() < terms.source().requests().size();
                };
    }

    /// Returns what was said of this run.
    List<LifecycleEvent> events() {
        return records.lifecycle().stream()
                .filter(event -> event.run().equals(terms.source().run()))
                .toList();
    }

    /// The aggregator lives for all runs.
    private List<Long> pulse() {
        return records.lifecycle().stream()
                .filter(said -> said.event() instanceof LifecycleEvent.Heartbeat(var component, var _)
                        && component.equals(AGGREGATOR))
                .map(said -> Micros.of(said.at()))
                .sorted()
                .toList();
    }
}
