package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowVerdict;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What Prometheus sees: built at each scrape from what was published, run by run. A run's series go some scrapes
/// after
/// its end.
///
/// Fed as results are told, within the transaction: after an aborted one, they may count a window twice. The topics
/// are
/// exact.
final class Metrics implements MultiCollector {
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final Map<String, RunSeries> runs = new LinkedHashMap<>();
    private final Clock clock;
    private final Counter deadLetters;
    private final Counter refused;
    private final Histogram verdictDelay;

    private Metrics(Clock clock, Counter deadLetters, Counter refused, Histogram verdictDelay) {
        this.clock = clock;
        this.deadLetters = deadLetters;
        this.refused = refused;
        this.verdictDelay = verdictDelay;
    }

    /// Registers the aggregator's metrics.
    static Metrics register(PrometheusRegistry registry, Clock clock) {
        var deadLetters = Counter.builder()
                .name("ordeal_deadletters")
                .help("Records put on the dead-letter topic")
                .register(registry);
        var refused = Counter.builder()
                .name("ordeal_refused_events")
                .help("Events of more series than a run may have")
                .register(registry);
        var verdictDelay = Histogram.builder()
                .name("ordeal_verdict_delay_seconds")
                .help("End of a window until its verdict was published")
                .classicUpperBounds(0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2, 5, 10, 30)
                .register(registry);
        deadLetters.initLabelValues();
        refused.initLabelValues();
        verdictDelay.initLabelValues();
        var metrics = new Metrics(clock, deadLetters, refused, verdictDelay);
        registry.register(metrics);
        return metrics;
    }

    /// A run has begun.
    synchronized void plan(Plan plan) {
        clear();
        runs.putIfAbsent(plan.source().run(), new RunSeries(plan));
    }

    /// A window has closed.
    synchronized void window(String run, RunWindow window, ClosedBy closedBy, long late) {
        var series = runs.get(run);
        if (series != null) {
            series.window(window, closedBy, late);
        }
        var delay = Duration.between(Micros.instant(window.end()), clock.instant());
        verdictDelay.observe(Math.max(delay.toMillis(), 0) / 1e3);
    }

    /// A verdict was drawn.
    synchronized void verdict(VerdictEvent event) {
        var series = runs.get(event.run());
        if (series == null) {
            return;
        }
        switch (event.verdict()) {
            case WindowVerdict window -> series.verdict(window.objective(), window.verdict());
            case FaultVerdict _ -> {}
            case RunVerdict run -> {
                run.objectives().forEach(objective -> series.verdict(objective.name(), objective.verdict()));
                series.end(run, clock.instant());
            }
        }
    }

    /// Something happened to a run.
    synchronized void fact(LifecycleEvent event) {
        var series = runs.get(event.run());
        if (series != null) {
            series.fact(event.event());
        }
    }

    /// A record was set aside.
    void deadLetter() {
        deadLetters.inc();
    }

    /// Events were refused, as their run has too many series.
    void refused(long events) {
        refused.inc(events);
    }

    /// A run is no longer this process's.
    synchronized void release(String run) {
        runs.remove(run);
    }

    @Override
    public synchronized MetricSnapshots collect() {
        clear();
        return Exposition.of(runs.values());
    }

    private void clear() {
        Instant before = clock.instant().minus(KEPT);
        runs.values().removeIf(series -> series.endedBefore(before));
    }
}
