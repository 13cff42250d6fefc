package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Counts;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.objective.Measure;
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
            .help("How an objective stands: 0 pass, 1 fail, 2 inconclusive, 3 warn");
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
            run.requests().forEach((series, tally) -> {
                var labels = labels(run.plan(), series);
                response.dataPoint(histogram(run, tally.distribution(Measure.Latency.RESPONSE), labels));
                service.dataPoint(histogram(run, tally.distribution(Measure.Latency.SERVICE), labels));
                for (var outcome : Outcome.values()) {
                    exposition.outcomes.dataPoint(
                            point(labels.merge(Labels.of("outcome", outcome.name())), tally.count(outcome)));
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

    private static Labels labels(Plan plan, RunWindow.Series series) {
        var info = plan.request(series.request());
        return Labels.of(
                "run", plan.source().run(),
                "phase", plan.phaseName(series.phase()),
                "scenario", info.scenario(),
                "request", info.request());
    }

    private void add(RunSeries run) {
        var own = Labels.of("run", run.plan().source().run());
        Function<String, Labels> stage = name -> own.merge(Labels.of("stage", name));
        var load = run.load();
        ledger.dataPoint(point(stage.apply("scheduled"), load.scheduled()));
        ledger.dataPoint(point(stage.apply("dropped"), load.dropped()));
        ledger.dataPoint(point(stage.apply("sent"), load.sent()));
        ledger.dataPoint(point(stage.apply("completed"), load.completed()));
        ledger.dataPoint(point(stage.apply("published"), load.completed()));
        ledger.dataPoint(point(stage.apply("aggregated"), run.aggregated()));
        ledger.dataPoint(point(stage.apply("lost"), run.lost()));
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
                                    case WARN -> 3;
                                })
                        .build()));
        run.faults()
                .forEach((id, fault) -> faults.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(own.merge(Labels.of("fault", id, "kind", fault.kind(), "target", fault.target())))
                        .value(fault.active() ? 1 : 0)
                        .build()));
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot histogram(
            RunSeries run, Tally.Distribution latency, Labels labels) {
        var buckets = new TreeMap<Integer, Long>();
        latency.counts().forEach((_, highest, count) -> {
            if (highest > 0) {
                buckets.merge((int) Math.ceil(Math.log(highest / 1e6) / Math.log(2) * PER_DOUBLING), count, Long::sum);
            }
        });
        var positive = NativeHistogramBuckets.builder();
        buckets.forEach(positive::bucket);
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(labels)
                .nativeSchema(SCHEMA)
                .nativeZeroThreshold(ZERO)
                .nativeZeroCount(latency.counts().below(0, true))
                .nativeBucketsForPositiveValues(positive.build())
                .classicHistogramBuckets(classic(latency.counts(), run))
                .sum(latency.sum() / 1e6)
                .build();
    }

    private static ClassicHistogramBuckets classic(Counts latencies, RunSeries run) {
        var bounds = new ArrayList<Double>(run.bounds());
        var counts = new ArrayList<Number>();
        long below = 0;
        for (double bound : bounds) {
            long upTo = latencies.below((long) (bound * 1e6), true);
            counts.add(upTo - below);
            below = upTo;
        }
        bounds.add(Double.POSITIVE_INFINITY);
        counts.add(latencies.total() - below);
        return ClassicHistogramBuckets.of(bounds, counts);
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
}
