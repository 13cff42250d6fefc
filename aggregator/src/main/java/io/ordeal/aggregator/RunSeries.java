package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Histograms;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.HdrHistogram.AbstractHistogram;

/// The series of one run: everything since this process took it up.
final class RunSeries {
    /// Bounds of classic buckets in seconds; the limits of the objectives come on top.
    private static final List<Double> LADDER = List.of(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0,
            60.0);

    private final String run;
    private final TreeSet<Double> bounds = new TreeSet<>(LADDER);
    private final Map<RequestName, RequestSeries> requests = new LinkedHashMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, FaultState> faults = new LinkedHashMap<>();
    private final Map<ClosedBy, Long> closed = new EnumMap<>(ClosedBy.class);
    private Ledger ledger = new Ledger(0, 0, 0, 0, 0, 0, 0, 0, true);
    private long late;
    private Optional<Instant> endedAt = Optional.empty();

    /// The labels of a request.
    record RequestName(String phase, String scenario, String request) {}

    /// Whether a fault acts now, and its labels.
    record FaultState(String kind, String target, boolean active) {}

    /// Latencies in microseconds since the process took the run up.
    static final class Lifetime {
        private final AbstractHistogram histogram = Histograms.empty();
        private double sum;

        private void add(Optional<Latency> latency, ByteBuffer encoded, long count) {
            var bytes = new byte[encoded.remaining()];
            encoded.duplicate().get(bytes);
            Histograms.decodeInto(bytes, histogram);
            sum += latency.map(Latency::mean).orElse(0.0) * count;
        }

        AbstractHistogram histogram() {
            return histogram;
        }

        double sum() {
            return sum;
        }
    }

    /// What ended of one kind of request.
    static final class RequestSeries {
        private final Lifetime response = new Lifetime();
        private final Lifetime service = new Lifetime();
        private OutcomeCounts counts = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);

        Lifetime response() {
            return response;
        }

        Lifetime service() {
            return service;
        }

        OutcomeCounts counts() {
            return counts;
        }
    }

    RunSeries(Plan plan) {
        this.run = plan.source().run();
        for (var aim : plan.aims()) {
            aim.objective().ifPresent(objective -> {
                switch (objective.measure()) {
                    case Measure.Percentile _, Measure.Mean _, Measure.Maximum _ -> bounds.add(objective.limit());
                    case Measure.ErrorRatio _, Measure.Availability _, Measure.Throughput _, Measure.Recovery _ -> {}
                }
            });
        }
        for (var phase : plan.source().phases()) {
            for (var info : plan.source().requests()) {
                requests.put(new RequestName(phase.name(), info.scenario(), info.request()), new RequestSeries());
            }
        }
        for (var reason : ClosedBy.values()) {
            closed.put(reason, 0L);
        }
    }

    void window(WindowSummary summary) {
        late = Math.max(late, summary.late());
        if (!summary.request().equals(RunWindow.ALL)) {
            var series = requests.computeIfAbsent(
                    new RequestName(summary.phase(), summary.scenario(), summary.request()), _ -> new RequestSeries());
            long count = total(summary.counts());
            series.counts = plus(series.counts, summary.counts());
            series.response.add(summary.response(), summary.responseHistogram(), count);
            series.service.add(summary.service(), summary.serviceHistogram(), count);
        }
        summary.ledger().ifPresent(more -> {
            closed.merge(summary.closedBy(), 1L, Long::sum);
            ledger = new Ledger(
                    ledger.scheduled() + more.scheduled(),
                    ledger.dropped() + more.dropped(),
                    ledger.sent() + more.sent(),
                    ledger.completed() + more.completed(),
                    ledger.published() + more.published(),
                    ledger.aggregated() + more.aggregated(),
                    ledger.lost() + more.lost(),
                    ledger.duplicates() + more.duplicates(),
                    ledger.closed() && more.closed());
        });
    }

    void verdict(String objective, Verdict verdict) {
        verdicts.put(objective, verdict);
    }

    void fact(LifecycleEvent.Event event) {
        switch (event) {
            case LifecycleEvent.FaultApplied(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, true));
            case LifecycleEvent.FaultReverted(var id, var kind, var target, var _, var _) ->
                faults.put(id, new FaultState(kind, target, false));
            case LifecycleEvent.Event _ -> {}
        }
    }

    void end(RunVerdict verdict, Instant at) {
        late = Math.max(late, verdict.lateEvents());
        faults.replaceAll((_, fault) -> new FaultState(fault.kind(), fault.target(), false));
        endedAt = Optional.of(at);
    }

    boolean endedBefore(Instant instant) {
        return endedAt.filter(at -> at.isBefore(instant)).isPresent();
    }

    String run() {
        return run;
    }

    NavigableSet<Double> bounds() {
        return bounds;
    }

    Map<RequestName, RequestSeries> requests() {
        return requests;
    }

    Map<String, Verdict> verdicts() {
        return verdicts;
    }

    Map<String, FaultState> faults() {
        return faults;
    }

    Map<ClosedBy, Long> closed() {
        return closed;
    }

    Ledger ledger() {
        return ledger;
    }

    long late() {
        return late;
    }

    private static long total(OutcomeCounts counts) {
        return counts.ok()
                + counts.invalid()
                + counts.httpError()
                + counts.timeout()
                + counts.connectError()
                + counts.reset()
                + counts.aborted();
    }

    private static OutcomeCounts plus(OutcomeCounts a, OutcomeCounts b) {
        return new OutcomeCounts(
                a.ok() + b.ok(),
                a.invalid() + b.invalid(),
                a.httpError() + b.httpError(),
                a.timeout() + b.timeout(),
                a.connectError() + b.connectError(),
                a.reset() + b.reset(),
                a.aborted() + b.aborted());
    }
}
