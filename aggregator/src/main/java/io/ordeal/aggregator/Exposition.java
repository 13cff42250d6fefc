package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.results.Verdict;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/// The series of runs in Prometheus' shape.
final class Exposition {
    private static final String REST = "(rest)";
    private static final String STATES = ": 0 pass, 1 fail, 2 inconclusive, 3 warn";

    private final HistogramSnapshot.Builder response =
            histogram("ordeal_response_seconds", "Scheduled instant to the end of the response, seconds");
    private final HistogramSnapshot.Builder service =
            histogram("ordeal_service_seconds", "Sent to the end of the response, seconds");
    private final CounterSnapshot.Builder outcomes = counter("ordeal_requests", "Requests that ended, by outcome");
    private final SummarySnapshot.Builder measures = SummarySnapshot.builder()
            .name("ordeal_measure")
            .help("What requests measured themselves, in its own unit; quantiles are those of the newest window");
    private final CounterSnapshot.Builder judged = counter(
            "ordeal_objective_requests",
            "Requests that count for an objective on a percentile, errors or availability, good or bad by its limit");
    private final GaugeSnapshot.Builder allowed =
            gauge("ordeal_budget_allowed_ratio", "The part of the requests that an objective allows to be bad");
    private final GaugeSnapshot.Builder budgets = gauge(
            "ordeal_budget_spent_ratio",
            "Bad requests over those that an objective allows so far; above 1 the budget is exhausted");
    private final GaugeSnapshot.Builder verdicts = gauge("ordeal_verdict", "How an objective stands" + STATES);
    private final GaugeSnapshot.Builder runVerdicts =
            gauge("ordeal_run_verdict", "The verdict on a run, once it is drawn" + STATES);
    private final GaugeSnapshot.Builder faults =
            gauge("ordeal_fault_active", "1 between confirmed applied and confirmed reverted, 0 afterwards");
    private final CounterSnapshot.Builder ledger =
            counter("ordeal_ledger_requests", "The account of requests in closed windows, stage by stage");
    private final CounterSnapshot.Builder closed =
            counter("ordeal_windows_closed", "Windows that closed, by what closed them");
    private final CounterSnapshot.Builder saturated =
            counter("ordeal_windows_saturated", "Windows in which the generators could not keep their schedule");
    private final GaugeSnapshot.Builder age = gauge(
            "ordeal_window_age_seconds", "Since the end of the newest window that has closed, of a run under way");
    private final CounterSnapshot.Builder late =
            counter("ordeal_late_events", "Events that came after their window had closed");
    private final GaugeSnapshot.Builder refused = gauge(
            "ordeal_metrics_refused_kinds",
            "Kinds of requests that are shown together as " + REST + ", and of measures that are not shown");

    private Exposition() {}

    /// Returns the series of `runs` as they are `now`.
    static MetricSnapshots of(Collection<RunSeries> runs, Instant now) {
        var exposition = new Exposition();
        runs.forEach(run -> exposition.add(run, now));
        return new MetricSnapshots(
                exposition.response.build(),
                exposition.service.build(),
                exposition.outcomes.build(),
                exposition.measures.build(),
                exposition.judged.build(),
                exposition.allowed.build(),
                exposition.budgets.build(),
                exposition.verdicts.build(),
                exposition.runVerdicts.build(),
                exposition.faults.build(),
                exposition.ledger.build(),
                exposition.closed.build(),
                exposition.saturated.build(),
                exposition.age.build(),
                exposition.late.build(),
                exposition.refused.build());
    }

    private void add(RunSeries run, Instant now) {
        var own = Labels.of("run", run.plan().source().run());
        run.requests().forEach((series, request) -> add(labels(run.plan(), series), request));
        run.measures().forEach((key, measure) -> add(own, key, measure));
        for (var objective : run.objectives()) {
            var labels = own.merge(Labels.of("objective", objective.name()));
            judged.dataPoint(point(labels.merge(Labels.of("result", "good")), objective.good()));
            judged.dataPoint(point(labels.merge(Labels.of("result", "bad")), objective.bad()));
            allowed.dataPoint(value(labels, objective.allowed()));
            budgets.dataPoint(value(labels, objective.spent()));
        }
        run.verdicts()
                .forEach((objective, verdict) ->
                        verdicts.dataPoint(value(own.merge(Labels.of("objective", objective)), state(verdict))));
        run.verdict().ifPresent(verdict -> runVerdicts.dataPoint(value(own, state(verdict))));
        run.faults()
                .forEach((id, fault) -> faults.dataPoint(value(
                        own.merge(Labels.of("fault", id, "kind", fault.kind(), "target", fault.target())),
                        fault.active() ? 1 : 0)));
        account(run, own);
        run.closed()
                .forEach((reason, count) -> closed.dataPoint(point(
                        own.merge(Labels.of("reason", reason.name().toLowerCase(Locale.ROOT))), count)));
        saturated.dataPoint(point(own, run.saturated()));
        run.newest()
                .ifPresent(end -> age.dataPoint(value(
                        own, Math.max(Duration.between(end, now).toMillis(), 0) / 1e3)));
        late.dataPoint(point(own, run.late()));
        refused.dataPoint(value(own, run.refused()));
    }

    private void add(Labels labels, RequestSeries request) {
        response.dataPoint(request.response().point(labels));
        service.dataPoint(request.service().point(labels));
        for (var outcome : Outcome.values()) {
            outcomes.dataPoint(point(labels.merge(Labels.of("outcome", outcome.name())), request.count(outcome)));
        }
    }

    private void add(Labels own, MeasureSeries.Key key, MeasureSeries measure) {
        var newest = measure.newest();
        measures.dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                .labels(own.merge(Labels.of(
                        "phase", key.phase(),
                        "scenario", key.scenario(),
                        "request", key.request(),
                        "measure", key.name())))
                .count(measure.count())
                .sum(measure.sum())
                .quantiles(Quantiles.of(
                        new Quantile(0.5, newest.p50()),
                        new Quantile(0.9, newest.p90()),
                        new Quantile(0.95, newest.p95()),
                        new Quantile(0.99, newest.p99())))
                .build());
    }

    private void account(RunSeries run, Labels own) {
        var load = run.load();
        stage(own, "scheduled", load.scheduled());
        stage(own, "dropped", load.dropped());
        stage(own, "sent", load.sent());
        stage(own, "completed", load.completed());
        stage(own, "published", load.completed());
        stage(own, "aggregated", run.aggregated());
        stage(own, "lost", run.lost());
    }

    private void stage(Labels own, String stage, long requests) {
        ledger.dataPoint(point(own.merge(Labels.of("stage", stage)), requests));
    }

    private static Labels labels(Plan plan, RunWindow.Series series) {
        var run = plan.source().run();
        if (series.equals(RunSeries.REST)) {
            return Labels.of("run", run, "phase", REST, "scenario", REST, "request", REST);
        }
        var info = plan.request(series.request());
        return Labels.of(
                "run", run,
                "phase", plan.phaseName(series.phase()),
                "scenario", info.scenario(),
                "request", info.request());
    }

    private static int state(Verdict verdict) {
        return switch (verdict) {
            case PASS -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE -> 2;
            case WARN -> 3;
        };
    }

    private static HistogramSnapshot.Builder histogram(String name, String help) {
        return HistogramSnapshot.builder().name(name).help(help);
    }

    private static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(name).help(help);
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static CounterSnapshot.CounterDataPointSnapshot point(Labels labels, long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot value(Labels labels, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }
}
