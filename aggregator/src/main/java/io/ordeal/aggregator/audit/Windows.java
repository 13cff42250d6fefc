package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is told of windows when they close.
final class Windows {
    private static final String ALL = "*";
    /// Lifecycle events may come later than the ticks beside them; at most by so much.
    private static final long LAG = Micros.SECOND;

    private final Dossier dossier;
    private final List<LifecycleEvent> events;
    private final Map<Long, List<String>> toldFaults = new HashMap<>();
    private final List<WindowSummary> summaries = new ArrayList<>();
    private final List<VerdictEvent> verdicts = new ArrayList<>();

    /// @param events of the run in order
    Windows(Dossier dossier, List<LifecycleEvent> events, Results told) {
        this.dossier = dossier;
        this.events = events;
        told.windows().forEach(window -> toldFaults.put(Micros.of(window.start()), window.faults()));
        dossier.told().forEach(this::tell);
    }

    List<WindowSummary> summaries() {
        return summaries;
    }

    List<VerdictEvent> verdicts() {
        return verdicts;
    }

    private void tell(Span span) {
        var slot = span.slot().orElseThrow();
        var story = known(span);
        var faults = overlapping(story, span);
        int main = slot.mainPhase();
        var phases = new TreeSet<Integer>();
        phases.add(main);
        slot.ended().all().forEach(request -> phases.add(request.timing().phase()));
        for (int phase : phases) {
            var ofPhase = slot.ended().where(timing -> timing.phase() == phase);
            var requests = new TreeMap<Integer, Ended>();
            ofPhase.all()
                    .forEach(request -> requests.computeIfAbsent(
                            request.timing().request(), index -> ofPhase.where(timing -> timing.request() == index)));
            requests.forEach((index, ended) -> {
                var info = dossier.terms().request(index);
                summaries.add(summary(slot, phase, info.scenario(), info.request(), ended, faults, Optional.empty()));
            });
            var ledger = phase == main ? Optional.of(ledger(slot)) : Optional.<Ledger>empty();
            summaries.add(summary(slot, phase, ALL, ALL, ofPhase, faults, ledger));
        }
        judge(span, story);
    }

    /// What was known of faults when the window closed is the beginning of the story: the longest one by which the
    /// faults are those that were told with it. All that was said more than a second before its end was known.
    private Story known(Span span) {
        var all = Story.of(events);
        var told = toldFaults.get(span.start());
        for (int length = events.size(); told != null && length > 0; length--) {
            var story = length == events.size() ? all : Story.of(events.subList(0, length));
            if (overlapping(story, span).equals(told)) {
                return story;
            }
            if (Micros.of(events.get(length - 1).at()) <= span.end() - LAG) {
                return all;
            }
        }
        return all;
    }

    private static List<String> overlapping(Story story, Span span) {
        return story.faults().stream()
                .filter(fault -> fault.meets(span.from(), span.end()))
                .map(Force::id)
                .sorted()
                .toList();
    }

    private WindowSummary summary(
            Slot slot,
            int phase,
            String scenario,
            String request,
            Ended ended,
            List<String> faults,
            Optional<Ledger> ledger) {
        var response = ended.latencies(Measure.Latency.RESPONSE);
        var service = ended.latencies(Measure.Latency.SERVICE);
        return new WindowSummary(
                dossier.terms().source().run(),
                Micros.instant(slot.start()),
                Micros.duration(slot.end() - slot.start()),
                dossier.terms().phaseName(phase),
                scenario,
                request,
                dossier.waited().contains(slot.start()) ? ClosedBy.WAIT : ClosedBy.TICKS,
                Micros.instant(ended.earliestSent(slot.start())),
                ended.outcomes(),
                ledger,
                response.summary(),
                service.summary(),
                response.encoded(),
                service.encoded(),
                ended.bytesOut(),
                ended.bytesIn(),
                dossier.account().late(),
                faults,
                List.copyOf(slot.saturated()),
                ended.measures());
    }

    /// Requests are scheduled and sent in other windows than they end in: only what ended must agree.
    private static Ledger ledger(Slot slot) {
        long completed = slot.load().completed();
        long aggregated = slot.ended().count();
        return new Ledger(
                slot.load().scheduled(),
                slot.load().dropped(),
                slot.load().sent(),
                completed,
                completed,
                aggregated,
                Math.max(completed - aggregated, 0),
                slot.load().duplicates(),
                completed == aggregated);
    }

    private void judge(Span span, Story story) {
        var terms = dossier.terms();
        for (var goal : terms.goals()) {
            goal.objective()
                    .filter(objective -> Terms.ofRequests(objective.measure()))
                    .flatMap(objective -> new Reach(terms, story, objective)
                            .finding(span)
                            .map(finding -> new WindowVerdict(
                                    goal.name(),
                                    Micros.instant(span.start()),
                                    Micros.duration(span.end() - span.start()),
                                    finding.observed(),
                                    objective.limit(),
                                    finding.samples(),
                                    Finding.told(objective, finding.verdict()),
                                    "")))
                    .ifPresent(verdict ->
                            verdicts.add(new VerdictEvent(terms.source().run(), Micros.instant(span.end()), verdict)));
        }
    }
}
