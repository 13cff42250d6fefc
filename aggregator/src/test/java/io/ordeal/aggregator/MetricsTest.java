package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What Prometheus sees of runs.
class MetricsTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final long SECOND = 1_000_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private Instant now = Instant.EPOCH.plusMillis(START / 1000 + 1500);
    private final Metrics metrics = Metrics.register(registry, new Ticking());

    /// A clock that the test sets.
    private final class Ticking extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void countsAtEachLimitWhatTheJudgeCounts() {
        metrics.plan(plan("r", 1, "p95 < 500ms"));
        // Beyond the limit by less than the histogram can tell: its bucket reaches from 499,968 to 500,223 us.
        metrics.window("r", window(0, 1_000, 499_000, 499_990, 500_100, 700_000), ClosedBy.TICKS, 0);

        var histogram = histogram("ordeal_response_seconds");
        assertThat(upTo(histogram, 0.5)).isEqualTo(2);
        assertThat(upTo(histogram, 0.75)).isEqualTo(5);
        assertThat(histogram.getCount()).isEqualTo(5);
        assertThat(histogram.getSum()).isCloseTo(2.20009, within(1e-9));
        assertThat(counter("ordeal_objective_requests", "result", "good")).isEqualTo(2);
        assertThat(counter("ordeal_objective_requests", "result", "bad")).isEqualTo(3);
        assertThat(gauge("ordeal_budget_spent_ratio")).isCloseTo(3 / (0.05 * 5), within(1e-9));

        // Nothing in this window is beyond the limit, by its exact maximum.
        metrics.window("r", window(1, 499_990), ClosedBy.TICKS, 0);
        assertThat(upTo(histogram("ordeal_response_seconds"), 0.5)).isEqualTo(3);
        assertThat(counter("ordeal_objective_requests", "result", "good")).isEqualTo(3);
    }

    @Test
    void growsNativeBucketsBothWays() {
        metrics.plan(plan("r", 1));
        var latencies = new long[] {40_000, 1, 3_600_000_000L, 0, 250, 9_000_000};
        metrics.window("r", window(0, latencies), ClosedBy.TICKS, 0);

        var histogram = histogram("ordeal_response_seconds");
        assertThat(histogram.getNativeZeroCount()).isEqualTo(1);
        var found = new ArrayList<Double>();
        for (var bucket : histogram.getNativeBucketsForPositiveValues()) {
            assertThat(bucket.getCount()).isEqualTo(1);
            found.add(Math.pow(2, bucket.getBucketIndex() / 32.0));
        }
        assertThat(found).hasSize(5);
        var expected = List.of(1e-6, 0.00025, 0.04, 9.0, 3600.0);
        for (int i = 0; i < 5; i++) {
            assertThat(found.get(i)).isBetween(expected.get(i) * (1 - 1e-9), expected.get(i) * 1.0235);
        }
    }

    @Test
    void countsForAnObjectiveOnlyWhatIsInItsScope() {
        metrics.plan(plan("r", 1, "errors < 1% outside faults"));
        metrics.fact(new LifecycleEvent(
                "r", at(2), "test", new LifecycleEvent.FaultApplied("f", "latency", "api", at(2), Map.of())));
        metrics.window("r", window(0, 1_000, 2_000), ClosedBy.TICKS, 0);
        metrics.window("r", window(2, 1_000), ClosedBy.TICKS, 0);

        assertThat(counter("ordeal_objective_requests", "result", "good")).isEqualTo(2);
        assertThat(counter("ordeal_objective_requests", "result", "bad")).isZero();
        assertThat(gauge("ordeal_budget_spent_ratio")).isZero();
        assertThat(gauge("ordeal_fault_active")).isEqualTo(1);
    }

    @Test
    void showsWhatIsTooMuchTogetherAndSaysSo() {
        metrics.plan(plan("r", Metrics.KINDS + 5));
        var window = new RunWindow(START, START + SECOND);
        for (int request = 0; request < Metrics.KINDS + 5; request++) {
            window.tally(new RunWindow.Series(0, request)).record(timing(request, 1_000, Outcome.OK));
        }
        metrics.window("r", window, ClosedBy.WAIT, 0);

        assertThat(points("ordeal_response_seconds")).hasSize(Metrics.KINDS + 1);
        assertThat(histograms("ordeal_response_seconds").stream()
                        .filter(point -> "(rest)".equals(point.getLabels().get("request")))
                        .toList())
                .singleElement()
                .satisfies(rest -> assertThat(rest.getCount()).isEqualTo(5));
        assertThat(gauge("ordeal_metrics_refused_kinds")).isEqualTo(5);
        assertThat(counter("ordeal_ledger_requests", "stage", "aggregated")).isEqualTo(Metrics.KINDS + 5);

        metrics.release("r");
        metrics.plan(plan("s", Metrics.KINDS));
        assertThat(gauge("ordeal_metrics_refused_kinds")).isZero();
    }

    @Test
    void showsMeasuresAndTheVerdictAndForgetsARunSomeTimeAfterItsEnd() {
        metrics.plan(plan("r", 1, "errors < 1% as budget"));
        metrics.window("r", window(0, 1_000), ClosedBy.TICKS, 7);
        assertThat(gauge("ordeal_window_age_seconds")).isEqualTo(0.5);
        metrics.summary(summary(new MeasureSummary("tokens", 4, 2.5, 1, 4, 2, 3, 4, 4)));
        metrics.summary(summary(new MeasureSummary("tokens", 6, 10, 5, 20, 10, 11, 12, 13)));
        assertThat(points("ordeal_run_verdict")).isEmpty();
        metrics.verdict(new VerdictEvent("r", now, verdict()));

        var measure = (SummaryDataPointSnapshot) points("ordeal_measure").getFirst();
        assertThat(measure.getCount()).isEqualTo(10);
        assertThat(measure.getSum()).isEqualTo(70);
        assertThat(measure.getQuantiles().get(0).getValue()).isEqualTo(10);
        assertThat(gauge("ordeal_run_verdict")).isEqualTo(3);
        assertThat(gauge("ordeal_verdict")).isEqualTo(3);
        assertThat(gauge("ordeal_budget_spent_ratio")).isEqualTo(0.25);
        assertThat(counter("ordeal_late_events", "run", "r")).isEqualTo(7);
        assertThat(points("ordeal_window_age_seconds")).isEmpty();

        now = now.plusSeconds(59);
        assertThat(points("ordeal_run_verdict")).hasSize(1);
        now = now.plusSeconds(2);
        assertThat(points("ordeal_run_verdict")).isEmpty();
    }

    private static Plan plan(String run, int requests, String... objectives) {
        return new Plan(new RunObjectives(
                run,
                "test",
                Duration.ofSeconds(1),
                1,
                List.of(new PhaseInfo("steady", true, Duration.ZERO, Duration.ofSeconds(60))),
                IntStream.range(0, requests)
                        .mapToObj(each -> new RequestInfo("s", "r" + each))
                        .toList(),
                IntStream.range(0, objectives.length)
                        .mapToObj(each -> new ObjectiveSpec("o" + each, objectives[each]))
                        .toList(),
                List.of()));
    }

    private static RunWindow window(int second, long... latencies) {
        var window = new RunWindow(START + second * SECOND, START + (second + 1) * SECOND);
        for (long latency : latencies) {
            window.tally(new RunWindow.Series(0, 0)).record(timing(second, latency, Outcome.OK));
        }
        return window;
    }

    private static RequestTiming timing(int second, long latency, Outcome outcome) {
        long ended = START + second * SECOND + SECOND / 2;
        return new RequestTiming(
                0, 0, 0, 0, 0, 0, ended, latency, latency, 0, 0, 0, 0, outcome, 200, 0, 0, Optional.empty());
    }

    private static Instant at(int second) {
        return Instant.EPOCH.plusMillis(START / 1000 + second * 1000L);
    }

    private static WindowSummary summary(MeasureSummary measure) {
        return new WindowSummary(
                "r",
                at(0),
                Duration.ofSeconds(1),
                "steady",
                "s",
                "r0",
                ClosedBy.TICKS,
                at(0),
                new OutcomeCounts(4, 0, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(measure));
    }

    private static RunVerdict verdict() {
        var objective = new ObjectiveVerdict(
                "o0",
                "errors < 1% as budget",
                "whole run",
                Optional.of(0.0),
                0.01,
                "",
                400,
                1,
                0,
                Verdict.WARN,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BudgetVerdict(0.01, 400, 1, 0.25, List.of())),
                List.of());
        return new RunVerdict(
                "test",
                Verdict.WARN,
                List.of(),
                at(0),
                at(1),
                new Ledger(1, 0, 1, 1, 1, 1, 0, 0, true),
                List.of(),
                List.of(objective),
                List.of(),
                List.of(),
                new GeneratorSummary(1, 0, 0, 0, 0, 0, 0),
                1,
                7,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                0);
    }

    private List<? extends DataPointSnapshot> points(String name) {
        return registry.scrape(name::equals).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .toList();
    }

    private List<HistogramDataPointSnapshot> histograms(String name) {
        return points(name).stream().map(HistogramDataPointSnapshot.class::cast).toList();
    }

    private HistogramDataPointSnapshot histogram(String name) {
        return histograms(name).getFirst();
    }

    private double gauge(String name) {
        return ((GaugeDataPointSnapshot) points(name).getFirst()).getValue();
    }

    private double counter(String name, String label, String value) {
        return points(name).stream()
                .filter(point -> value.equals(point.getLabels().get(label)))
                .map(CounterDataPointSnapshot.class::cast)
                .mapToDouble(CounterDataPointSnapshot::getValue)
                .sum();
    }

    private static long upTo(HistogramDataPointSnapshot histogram, double bound) {
        long sum = 0;
        for (var bucket : histogram.getClassicBuckets()) {
            sum += bucket.getUpperBound() <= bound ? bucket.getCount() : 0;
        }
        return sum;
    }
}
