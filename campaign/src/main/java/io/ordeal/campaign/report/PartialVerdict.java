package io.ordeal.campaign.report;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.TimedFault;
import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// The verdict on a run that no judge has pronounced on, for instance because it was interrupted: always
/// INCONCLUSIVE,
/// with what the closed windows and the events tell.
public final class PartialVerdict {
    private final Plan plan;
    private final List<WindowSummary> windows;
    private final List<LifecycleEvent> events;
    private final String reason;

    private PartialVerdict(Plan plan, List<WindowSummary> windows, List<LifecycleEvent> events, String reason) {
        this.plan = plan;
        this.windows = List.copyOf(windows);
        this.events = List.copyOf(events);
        this.reason = reason;
    }

    /// Returns the verdict.
    ///
    /// @param start when the load began, or was to begin
    /// @param end when the run was given up
    /// @param reason why there is no verdict, as a part of a sentence
    public static RunVerdict of(
            Plan plan,
            List<WindowSummary> windows,
            List<LifecycleEvent> events,
            Instant start,
            Instant end,
            String reason) {
        return new PartialVerdict(plan, windows, events, reason).verdict(start, end);
    }

    private RunVerdict verdict(Instant start, Instant end) {
        var sums =
                windows.stream().filter(window -> window.request().equals("*")).toList();
        return new RunVerdict(
                plan.campaign().name(),
                Verdict.INCONCLUSIVE,
                List.of(reason),
                start,
                end,
                ledger(sums),
                plan.requests().stream().map(this::request).toList(),
                plan.campaign().objectives().stream().map(this::objective).toList(),
                plan.faults().stream().map(this::fault).toList(),
                phases(start, end, sums),
                new GeneratorSummary(
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        starts(sums.stream()
                                .filter(window -> !window.saturated().isEmpty()))),
                starts(sums.stream()),
                sums.stream().mapToLong(WindowSummary::late).max().orElse(0),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                0);
    }

    /// Counts windows; one in which a phase follows another is told once for each.
    private static long starts(Stream<WindowSummary> windows) {
        return windows.map(WindowSummary::start).distinct().count();
    }

    /// What was still under way is in no window, so the ledger is never closed.
    private static Ledger ledger(List<WindowSummary> sums) {
        var total = new Ledger(0, 0, 0, 0, 0, 0, 0, 0, false);
        for (var window : sums) {
            if (window.ledger().isPresent()) {
                var one = window.ledger().get();
                total = new Ledger(
                        total.scheduled() + one.scheduled(),
                        total.dropped() + one.dropped(),
                        total.sent() + one.sent(),
                        total.completed() + one.completed(),
                        total.published() + one.published(),
                        total.aggregated() + one.aggregated(),
                        total.lost() + one.lost(),
                        total.duplicates() + one.duplicates(),
                        false);
            }
        }
        return total;
    }

    private RequestSummary request(RequestInfo info) {
        var counts = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);
        var response = Histograms.empty();
        var service = Histograms.empty();
        var seconds = 0.0;
        long bytesOut = 0;
        long bytesIn = 0;
        for (var window : windows) {
            if (judged(window.phase())
                    && window.scenario().equals(info.scenario())
                    && window.request().equals(info.request())) {
                counts = Outcomes.plus(counts, window.counts());
                response.add(Histograms.decoded(window.responseHistogram()));
                service.add(Histograms.decoded(window.serviceHistogram()));
                seconds += window.length().toNanos() / 1e9;
                bytesOut += window.bytesOut();
                bytesIn += window.bytesIn();
            }
        }
        return new RequestSummary(
                info.scenario(),
                info.request(),
                counts,
                seconds == 0 ? 0 : Outcomes.total(counts) / seconds,
                Histograms.latency(response),
                Histograms.latency(service),
                bytes(response),
                bytes(service),
                bytesOut,
                bytesIn,
                List.of());
    }

    private static ByteBuffer bytes(Histogram histogram) {
        return histogram.getTotalCount() == 0 ? ByteBuffer.allocate(0) : Histograms.encoded(histogram);
    }

    private boolean judged(String phase) {
        return plan.phases().stream().anyMatch(one -> one.name().equals(phase) && one.judged());
    }

    private ObjectiveVerdict objective(ObjectiveEntry entry) {
        var objective = entry.objective();
        return new ObjectiveVerdict(
                entry.name(),
                objective.expression(),
                objective.scope().text(),
                Optional.empty(),
                objective.limit(),
                objective.measure().unit().symbol(),
                0,
                0,
                0,
                Verdict.INCONCLUSIVE,
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private FaultVerdict fault(TimedFault fault) {
        var id = fault.spec().id();
        var applied = events.stream()
                .filter(event ->
                        event.event() instanceof FaultApplied one && one.fault().equals(id))
                .map(LifecycleEvent::at)
                .findFirst();
        var reverted = events.stream()
                .filter(event -> event.event() instanceof FaultReverted one
                        && one.fault().equals(id))
                .map(LifecycleEvent::at)
                .findFirst();
        return new FaultVerdict(
                id,
                fault.spec().kind(),
                fault.spec().target(),
                applied,
                reverted,
                applied.isPresent() && reverted.isPresent(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Verdict.INCONCLUSIVE,
                applied.isPresent() ? reason : "it was not applied before the run ended",
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private List<PhaseSummary> phases(Instant start, Instant end, List<WindowSummary> sums) {
        return plan.span().stream()
                .filter(phase -> start.plus(phase.start()).isBefore(end))
                .map(phase -> {
                    var from = start.plus(phase.start());
                    var to = from.plus(phase.duration());
                    var counts = sums.stream()
                            .filter(window -> window.phase().equals(phase.name()))
                            .map(WindowSummary::counts)
                            .reduce(new OutcomeCounts(0, 0, 0, 0, 0, 0, 0), Outcomes::plus);
                    var histogram = Histograms.empty();
                    sums.stream()
                            .filter(window -> window.phase().equals(phase.name()))
                            .forEach(window -> histogram.add(Histograms.decoded(window.responseHistogram())));
                    return new PhaseSummary(
                            phase.name(),
                            phase.judged(),
                            from,
                            to.isBefore(end) ? to : end,
                            Outcomes.total(counts),
                            Outcomes.errors(counts),
                            Histograms.latency(histogram));
                })
                .toList();
    }
}
