package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Prometheus sees of runs: built at each scrape from what was published. A run's series go some scrapes after its
/// end, or with the task that judges it.
///
/// Fed as results are told, within the transaction: after an aborted one, they may count a window twice. The topics are
/// exact. Verdicts must not wait for a scrape, so only a copy is made under the lock.
final class Metrics implements MultiCollector {
    private static final Duration KEPT = Duration.ofSeconds(60);

    /// Most kinds of requests and measures with series of their own, over all runs: some 60 series each.
    static final int KINDS = 1000;

    private final Map<String, RunSeries> runs = new LinkedHashMap<>();
    private final Room room = new Room(KINDS);
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
                .help("Records that could not be accepted and were put on the dead-letter topic")
                .register(registry);
        var refused = Counter.builder()
                .name("ordeal_refused_events")
                .help("Events of more series than a run may have")
                .register(registry);
        var verdictDelay = Histogram.builder()
                .name("ordeal_verdict_delay_seconds")
                .help("End of a window until its verdict was published, seconds")
                .classicUpperBounds(0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2, 5, 10, 30)
                .register(registry);
        deadLetters.initLabelValues();
        refused.initLabelValues();
        verdictDelay.initLabelValues();
        var metrics = new Metrics(clock, deadLetters, refused, verdictDelay);
        registry.register(metrics);
        return metrics;
    }

    /// A run has begun, or has come to this process.
    synchronized void plan(Plan plan) {
        clear();
        if (!runs.containsKey(plan.source().run())) {
            runs.put(plan.source().run(), new RunSeries(plan, room));
        }
    }

    /// A run is no longer this process's.
    synchronized void release(String run) {
        remove(List.of(run));
    }

    private void remove(List<String> gone) {
        for (var run : gone) {
            series(run).ifPresent(RunSeries::leave);
            runs.remove(run);
        }
    }

    private Optional<RunSeries> series(String run) {
        return Optional.ofNullable(runs.get(run));
    }

    /// A window has closed.
    synchronized void window(String run, RunWindow window, ClosedBy closedBy, long late) {
        series(run).ifPresent(series -> series.window(window, closedBy, late));
        var delay = Duration.between(Micros.instant(window.end()), clock.instant());
        verdictDelay.observe(Math.max(delay.toMillis(), 0) / 1e3);
    }

    /// A window was summed up.
    synchronized void summary(WindowSummary summary) {
        series(summary.run()).ifPresent(series -> series.summary(summary));
    }

    /// A verdict was drawn.
    synchronized void verdict(VerdictEvent event) {
        series(event.run()).ifPresent(series -> {
            switch (event.verdict()) {
                case WindowVerdict window -> series.verdict(window.objective(), window.verdict());
                case FaultVerdict _ -> {}
                case RunVerdict run -> series.end(run, clock.instant());
            }
        });
    }

    /// Something happened to a run.
    synchronized void fact(LifecycleEvent event) {
        series(event.run()).ifPresent(series -> series.fact(event));
    }

    /// A record was set aside.
    void deadLetter() {
        deadLetters.inc();
    }

    /// Events were refused, as their run has too many series.
    void refused(long events) {
        refused.inc(events);
    }

    @Override
    public MetricSnapshots collect() {
        return Exposition.of(copies(), clock.instant());
    }

    private synchronized List<RunSeries> copies() {
        clear();
        return runs.values().stream().map(RunSeries::copy).toList();
    }

    private void clear() {
        Instant before = clock.instant().minus(KEPT);
        remove(runs.entrySet().stream()
                .filter(entry -> entry.getValue().endedBefore(before))
                .map(Map.Entry::getKey)
                .toList());
    }
}
