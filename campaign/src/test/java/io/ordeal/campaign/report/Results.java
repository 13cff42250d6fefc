package io.ordeal.campaign.report;

import static io.ordeal.campaign.read.Documents.accepted;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.campaign.run.ResourceSeries;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.BudgetShare;
import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.BurnAlert;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Saturation;
import io.ordeal.schemas.results.StepResult;
import io.ordeal.schemas.results.Trend;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import io.ordeal.schemas.results.WorstWindow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// Results of runs for tests: forty seconds of the small campaign, made by arithmetic.
public final class Results {
    /// When the load of every one of them began.
    public static final Instant START = Instant.parse("2026-11-06T21:20:00Z");

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private Results() {}

    /// Returns the plan of a document.
    public static Plan plan(String document) {
        return ((Planning.Planned) Planner.plan(accepted(document), 1)).plan();
    }

    /// Returns a run in which an objective failed while answers were slow.
    public static RunResult failed(String document) {
        var plan = plan(document);
        return new RunResult(
                "k7xm-2q9d",
                plan,
                verdict(plan),
                windows(plan),
                events(plan),
                verdicts(plan),
                document,
                new TreeMap<>(Map.of("java", "25", "cores", "2")));
    }

    /// Returns a run that shows everything that a verdict can hold: warnings, budgets, steps, leaks, saturation.
    public static RunResult rich(String document) {
        var base = failed(document);
        var verdict = base.verdict();
        var objectives = new ArrayList<>(verdict.objectives());
        var first = objectives.getFirst();
        objectives.set(
                0,
                new ObjectiveVerdict(
                        first.name(),
                        first.expression(),
                        first.scope(),
                        first.observed(),
                        first.limit(),
                        first.unit(),
                        first.samples(),
                        first.windows(),
                        first.windowsFailed(),
                        Verdict.FAIL,
                        "",
                        Optional.of(0.49),
                        Optional.of(0.52),
                        Optional.empty(),
                        List.of(
                                new WorstWindow(START.plusSeconds(32), 0.71),
                                new WorstWindow(START.plusSeconds(33), 0.7))));
        var second = objectives.get(1);
        objectives.set(
                1,
                new ObjectiveVerdict(
                        second.name(),
                        second.expression(),
                        second.scope(),
                        Optional.of(0.004),
                        second.limit(),
                        second.unit(),
                        second.samples(),
                        second.windows(),
                        0,
                        Verdict.WARN,
                        "the budget burned too fast",
                        Optional.of(0.003),
                        Optional.of(0.006),
                        Optional.of(new BudgetVerdict(
                                0.01,
                                2_300,
                                9,
                                0.391,
                                List.of(new BurnAlert(
                                        14.4,
                                        Duration.ofSeconds(12),
                                        Duration.ofSeconds(1),
                                        START.plusSeconds(31),
                                        3,
                                        22.5)))),
                        List.of()));
        var requests = new ArrayList<>(verdict.requests());
        var request = requests.getFirst();
        requests.set(
                0,
                new RequestSummary(
                        request.scenario(),
                        request.request(),
                        request.counts(),
                        request.throughput(),
                        request.response(),
                        request.service(),
                        request.responseHistogram(),
                        request.serviceHistogram(),
                        request.bytesOut(),
                        request.bytesIn(),
                        List.of(new MeasureSummary("tokens_per_second", 2_800, 41.5, 3, 60, 42, 55, 57, 59))));
        var faults = new ArrayList<>(verdict.faults());
        var fault = faults.getFirst();
        faults.set(
                0,
                new FaultVerdict(
                        fault.fault(),
                        fault.kind(),
                        fault.target(),
                        fault.appliedAt(),
                        fault.revertedAt(),
                        true,
                        fault.timeToBreach(),
                        fault.timeToRecover(),
                        fault.p95Before(),
                        fault.p95Worst(),
                        fault.p95After(),
                        0.02,
                        Verdict.PASS,
                        "",
                        List.of(first.name()),
                        31,
                        Optional.of(Duration.ofMillis(1_500)),
                        Optional.of(Duration.ofSeconds(4)),
                        List.of(new BudgetShare(second.name(), 0.31))));
        var latency = requests.getFirst().response();
        var point = new BreakingPoint(
                "steady",
                "1/s",
                Optional.of(new StepResult(
                        400, START.plusSeconds(10), START.plusSeconds(20), 4_000, 3, 399.7, latency, List.of())),
                Optional.of(new StepResult(
                        500,
                        START.plusSeconds(20),
                        START.plusSeconds(30),
                        4_700,
                        210,
                        449,
                        latency,
                        List.of(first.name()))),
                "cpu of host a was at 97 %");
        var full = new RunVerdict(
                verdict.campaign(),
                verdict.verdict(),
                verdict.reasons(),
                verdict.startedAt(),
                verdict.endedAt(),
                verdict.ledger(),
                requests,
                objectives,
                faults,
                verdict.phases(),
                verdict.generator(),
                verdict.windows(),
                0,
                List.of("the budget of `" + second.name() + "` burned too fast"),
                List.of(
                        new Trend("p95", "", "s", 30, 0.004, -0.001, 0.009, 0.011, Direction.UNCLEAR),
                        new Trend("throughput", "", "1/s", 30, 0.1, -2, 2.1, 284, Direction.FLAT),
                        new Trend("heap_after_gc", "a/api", "", 30, 21e6, 18e6, 25e6, 96e6, Direction.RISING)),
                List.of(point),
                Optional.of(new FirstBreach(
                        START.plusSeconds(32),
                        first.name(),
                        List.of(new Saturation("a/", "cpu", 0.97, 0.9, START.plusSeconds(31))))),
                0);
        return new RunResult(
                base.run(),
                base.plan(),
                full,
                base.windows(),
                base.events(),
                base.verdicts(),
                document,
                base.environment(),
                Optional.empty(),
                resources(),
                Optional.empty());
    }

    private static List<ResourceSeries> resources() {
        return List.of(
                series("a", "", "cpu", second -> 0.3 + (second % 7) / 50.0 + (second > 19 && second < 33 ? 0.5 : 0)),
                series("a", "api", "cpu_cores", second -> 0.8 + (second % 5) / 10.0),
                series("a", "", "cpu_cores", second -> 1.3 + (second % 5) / 10.0),
                series("a", "api", "heap_after_gc", second -> 9e7 + second * 1e5));
    }

    private static ResourceSeries series(String host, String process, String reading, IntToDoubleFunction value) {
        return new ResourceSeries(
                host,
                process,
                reading,
                IntStream.range(0, 40)
                        .mapToObj(second ->
                                new ResourceSeries.Point(START.plusSeconds(second), value.applyAsDouble(second)))
                        .toList());
    }

    /// Returns a run that was given up after twelve seconds.
    public static RunResult interrupted(String document) {
        var whole = failed(document);
        var end = START.plusSeconds(12);
        var windows = whole.windows().stream()
                .filter(window -> window.start().isBefore(end))
                .toList();
        var events = whole.events().stream()
                .filter(event -> event.at().isBefore(end))
                .toList();
        return new RunResult(
                whole.run(),
                whole.plan(),
                PartialVerdict.of(whole.plan(), windows, events, START, end, "the run was interrupted at 0:12"),
                windows,
                events,
                List.of(),
                document,
                whole.environment());
    }

    static Histogram histogram(int second, long count) {
        var histogram = new Histogram(3);
        boolean slow = second >= 20 && second < 25;
        for (int i = 0; i < count; i++) {
            long base = 2_000 + i * 9_000L / Math.max(1, count) + (i % 97 == 0 ? 40_000 : 0);
            histogram.recordValue(slow ? base + 450_000 + i % 100 * 1_000L : base);
        }
        return histogram;
    }

    private static WindowSummary window(Plan plan, int second, RequestInfo request, long count, long reset) {
        var histogram = histogram(second, count);
        boolean sum = request.request().equals("*");
        var latency = Histograms.latency(histogram);
        return new WindowSummary(
                "k7xm-2q9d",
                START.plusSeconds(second),
                WINDOW,
                plan.phases().get(second < 10 ? 0 : 1).name(),
                request.scenario(),
                request.request(),
                ClosedBy.TICKS,
                START.plusSeconds(second),
                new OutcomeCounts(count - reset, 0, 0, 0, 0, reset, 0),
                sum ? Optional.of(new Ledger(count, 0, count, count, count, count, 0, 0, true)) : Optional.empty(),
                latency,
                latency,
                count == 0 ? NOTHING : Histograms.encoded(histogram),
                count == 0 ? NOTHING : Histograms.encoded(histogram),
                count * 10,
                count * 100,
                0,
                second >= 20 && second < 25 ? List.of("F1") : List.of(),
                List.of(),
                List.of());
    }

    private static List<WindowSummary> windows(Plan plan) {
        var windows = new ArrayList<WindowSummary>();
        for (int second = 0; second < 40; second++) {
            boolean down = second == 30 || second == 31;
            long each = down ? 20 : Math.min(100, 10L * (second + 1));
            long sum = 0;
            for (var request : plan.requests()) {
                windows.add(window(plan, second, request, each, down ? each : 0));
                sum += each;
            }
            windows.add(window(plan, second, new RequestInfo("*", "*"), sum, down ? sum : 0));
        }
        return windows;
    }

    private static RunVerdict verdict(Plan plan) {
        var requests = plan.requests().stream()
                .map(info -> {
                    var histogram = new Histogram(3);
                    for (int second = 10; second < 40; second++) {
                        histogram.add(histogram(second, second == 30 || second == 31 ? 20 : 100));
                    }
                    return new RequestSummary(
                            info.scenario(),
                            info.request(),
                            new OutcomeCounts(2_800, 0, 0, 0, 0, 40, 0),
                            2_840 / 30.0,
                            Histograms.latency(histogram),
                            Histograms.latency(histogram),
                            Histograms.encoded(histogram),
                            Histograms.encoded(histogram),
                            28_400,
                            284_000,
                            List.of());
                })
                .toList();
        var first = plan.campaign().objectives();
        return new RunVerdict(
                plan.campaign().name(),
                Verdict.FAIL,
                List.of("`" + first.getFirst().name() + "` failed"),
                START,
                START.plusSeconds(40),
                new Ledger(10_170, 0, 10_170, 10_170, 10_170, 10_170, 0, 0, true),
                requests,
                List.of(
                        new ObjectiveVerdict(
                                first.get(0).name(),
                                first.get(0).objective().expression(),
                                "outside faults",
                                Optional.of(0.50004),
                                0.5,
                                "s",
                                6_900,
                                23,
                                2,
                                Verdict.FAIL,
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        new ObjectiveVerdict(
                                first.get(1).name(),
                                first.get(1).objective().expression(),
                                "outside faults in steady",
                                Optional.of(0.0),
                                0.01,
                                "ratio",
                                2_300,
                                23,
                                0,
                                Verdict.PASS,
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        new ObjectiveVerdict(
                                first.get(2).name(),
                                first.get(2).objective().expression(),
                                "after faults",
                                Optional.empty(),
                                10,
                                "s",
                                0,
                                0,
                                0,
                                Verdict.INCONCLUSIVE,
                                "fault F2 was never confirmed",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of())),
                faults(plan),
                phases(plan),
                new GeneratorSummary(1, 180, 900, 2_400, 700, 1_900, 0),
                40,
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                0);
    }

    private static List<FaultVerdict> faults(Plan plan) {
        var one = plan.faults().get(0).spec();
        var two = plan.faults().get(1).spec();
        return List.of(
                new FaultVerdict(
                        one.id(),
                        one.kind(),
                        one.target(),
                        Optional.of(START.plusMillis(20_112)),
                        Optional.of(START.plusMillis(25_098)),
                        true,
                        Optional.of(Duration.ofMillis(888)),
                        Optional.of(Duration.ofMillis(1_200)),
                        Optional.of(12_000L),
                        Optional.of(548_000L),
                        Optional.of(11_000L),
                        0,
                        Verdict.PASS,
                        "",
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                new FaultVerdict(
                        two.id(),
                        two.kind(),
                        two.target(),
                        Optional.of(START.plusMillis(30_050)),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(11_000L),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Verdict.INCONCLUSIVE,
                        "its end was never confirmed",
                        List.of(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    private static List<PhaseSummary> phases(Plan plan) {
        return plan.phases().stream()
                .map(phase -> new PhaseSummary(
                        phase.name(),
                        phase.judged(),
                        START.plus(phase.start()),
                        START.plus(phase.start()).plus(phase.duration()),
                        phase.judged() ? 8_520 : 1_650,
                        phase.judged() ? 120 : 0,
                        Histograms.latency(histogram(0, 100))))
                .toList();
    }

    private static List<LifecycleEvent> events(Plan plan) {
        var source = "campaign@test";
        var fault = plan.faults().getFirst().spec();
        return List.of(
                event(0, source, new LifecycleEvent.RunStarted(plan.campaign().name(), 1, plan.hash())),
                event(0, source, new LifecycleEvent.PhaseStarted("warm-up", 0)),
                event(
                        20_112,
                        "chaos-injector@test",
                        new LifecycleEvent.FaultApplied(
                                fault.id(),
                                fault.kind(),
                                fault.target(),
                                START.plusMillis(20_010),
                                Map.of("rtt_before", "0.4ms", "rtt_after", "501.2ms"))),
                event(
                        25_098,
                        "chaos-injector@test",
                        new LifecycleEvent.FaultReverted(
                                fault.id(), fault.kind(), fault.target(), RevertCause.ELAPSED, Map.of())),
                event(40_000, source, new LifecycleEvent.RunFinished(FinishReason.COMPLETED, "")));
    }

    private static LifecycleEvent event(long millis, String source, LifecycleEvent.Event event) {
        return new LifecycleEvent("k7xm-2q9d", START.plusMillis(millis), source, event);
    }

    private static List<VerdictEvent> verdicts(Plan plan) {
        var verdicts = new ArrayList<VerdictEvent>();
        var objective = plan.campaign().objectives().getFirst();
        for (int second = 10; second < 40; second++) {
            boolean out = second == 32 || second == 33;
            verdicts.add(new VerdictEvent(
                    "k7xm-2q9d",
                    START.plusSeconds(second + 1L),
                    new WindowVerdict(
                            objective.name(),
                            START.plusSeconds(second),
                            WINDOW,
                            Optional.of(out ? 0.7 : 0.011),
                            0.5,
                            300,
                            out ? Verdict.FAIL : Verdict.PASS,
                            "")));
        }
        verdicts.add(new VerdictEvent(
                "k7xm-2q9d", START.plusSeconds(40), faults(plan).getFirst()));
        verdicts.add(new VerdictEvent("k7xm-2q9d", START.plusSeconds(40), verdict(plan)));
        return verdicts;
    }
}
