package io.ordeal.aggregator;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.results.OutcomeCounts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.AbstractHistogram;

/// The series of runs in Prometheus' shape.
final class Exposition {
    /// 32 buckets to each doubling: 2.2 % wide.
    private static final int SCHEMA = 5;
    private static final double PER_DOUBLING = 32;
    private static final double ZERO = 1e-9;

    private final CounterSnapshot.Builder outcomes = counter("ordeal_requests", "Requests that ended");
    private final CounterSnapshot.Builder ledger =
            counter("ordeal_ledger_requests", "The account of requests, stage by stage");
    private final CounterSnapshot.Builder closed = counter("ordeal_windows_closed", "Windows that closed");
    private final CounterSnapshot.Builder late =
            counter("ordeal_late_events", "Events that came after their window had closed");
    private final GaugeSnapshot.Builder verdicts = GaugeSnapshot.builder()
            .name("ordeal_verdict")
            .help("How an objective stands: 0 pass, 1 fail, 2 inconclusive");
    private final GaugeSnapshot.Builder faults = GaugeSnapshot.builder()
            .name("ordeal_fault_active")
            .help("1 between confirmed applied and confirmed reverted");

    private Exposition() {}

    static MetricSnapshots of(Collection<RunSeries> runs) {
        var exposition = new Exposition();
        var response = HistogramSnapshot.builder()
                .name("ordeal_response_seconds")
                .help("Scheduled instant to the end of the response");
        var service =
                HistogramSnapshot.builder().name("ordeal_service_seconds").help("Sent to the end of the response");
        for (var run : runs) {
            exposition.add(run);
            run.requests().forEach((name, series) -> {
                var labels = Labels.of(
                        "run",
                        run.run(),
                        "phase",
                        name.phase(),
                        "scenario",
                        name.scenario(),
                        "request",
                        name.request());
                response.dataPoint(histogram(run, series.response(), labels));
                service.dataPoint(histogram(run, series.service(), labels));
                for (var outcome : Outcome.values()) {
                    exposition.outcomes.dataPoint(
                            point(labels.merge(Labels.of("outcome", outcome.name())), count(series.counts(), outcome)));
                }
            });
        }
        return new MetricSnapshots(
                response.build(),
                service.build(),
                exposition.outcomes.build(),
                exposition.ledger.build(),
                exposition.closed.build(),
                exposition.late.build(),
                exposition.verdicts.build(),
                exposition.faults.build());
    }

    private void add(RunSeries run) {
        var own = Labels.of("run", run.run());
        Function<String, Labels> stage = name -> own.merge(Labels.of("stage", name));
        var account = run.ledger();
        ledger.dataPoint(point(stage.apply("scheduled"), account.scheduled()));
        ledger.dataPoint(point(stage.apply("dropped"), account.dropped()));
        ledger.dataPoint(point(stage.apply("sent"), account.sent()));
        ledger.dataPoint(point(stage.apply("completed"), account.completed()));
        ledger.dataPoint(point(stage.apply("published"), account.published()));
        ledger.dataPoint(point(stage.apply("aggregated"), account.aggregated()));
        ledger.dataPoint(point(stage.apply("lost"), account.lost()));
        run.closed()
                .forEach((reason, count) -> closed.dataPoint(point(
                        own.merge(Labels.of("reason", reason.name().toLowerCase(Locale.ROOT))), count)));
        late.dataPoint(point(own, run.late()));
        run.verdicts()
                .forEach((objective, verdict) -> verdicts.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(own.merge(Labels.of("objective", objective)))
                        .value(
                                switch (verdict) {
                                    case PASS -> 0;
                                    case FAIL -> 1;
                                    case INCONCLUSIVE -> 2;
                                })
                        .build()));
        run.faults()
                .forEach((id, fault) -> faults.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(own.merge(Labels.of("fault", id, "kind", fault.kind(), "target", fault.target())))
                        .value(fault.active() ? 1 : 0)
                        .build()));
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot histogram(
            RunSeries run, RunSeries.Lifetime lifetime, Labels labels) {
        var histogram = lifetime.histogram();
        var positive = NativeHistogramBuckets.builder();
        var native5 = new TreeMap<Integer, Long>();
        long zeros = 0;
        for (var value : histogram.recordedValues()) {
            double seconds = value.getValueIteratedTo() / 1e6;
            long count = value.getCountAddedInThisIterationStep();
            if (seconds <= ZERO) {
                zeros += count;
            } else {
                int index = (int) Math.ceil(Math.log(seconds) / Math.log(2) * PER_DOUBLING);
                native5.merge(index, count, Long::sum);
            }
        }
        native5.forEach(positive::bucket);
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(labels)
                .nativeSchema(SCHEMA)
                .nativeZeroThreshold(ZERO)
                .nativeZeroCount(zeros)
                .nativeBucketsForPositiveValues(positive.build())
                .classicHistogramBuckets(classic(histogram, run))
                .sum(lifetime.sum() / 1e6)
                .build();
    }

    private static ClassicHistogramBuckets classic(AbstractHistogram histogram, RunSeries run) {
        var bounds = new ArrayList<Double>(run.bounds());
        var counts = new ArrayList<Number>();
        long below = 0;
        for (double bound : bounds) {
            long upTo = upTo(histogram, (long) (bound * 1e6));
            counts.add(upTo - below);
            below = upTo;
        }
        bounds.add(Double.POSITIVE_INFINITY);
        counts.add(histogram.getTotalCount() - below);
        return ClassicHistogramBuckets.of(bounds, counts);
    }

    private static long upTo(AbstractHistogram histogram, long micros) {
        return histogram.getTotalCount() == 0
                ? 0
                : histogram.getCountBetweenValues(0, Math.min(micros, histogram.getMaxValue()));
    }

    private static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(name).help(help);
    }

    private static CounterSnapshot.CounterDataPointSnapshot point(Labels labels, long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }

    private static long count(OutcomeCounts counts, Outcome outcome) {
        return switch (outcome) {
            case OK -> counts.ok();
            case INVALID -> counts.invalid();
            case HTTP_ERROR -> counts.httpError();
            case TIMEOUT -> counts.timeout();
            case CONNECT_ERROR -> counts.connectError();
            case RESET -> counts.reset();
            case ABORTED -> counts.aborted();
        };
    }
}
