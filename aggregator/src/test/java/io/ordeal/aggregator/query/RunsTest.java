package io.ordeal.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.query.Standings.Where;
import io.ordeal.aggregator.query.Traffic.Column;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.RevertCause;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.PlannedFault;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Runs runs = new Runs();

    private RunView run() {
        return runs.find("r").orElseThrow();
    }

    private static RunObjectives objectives(String run) {
        return new RunObjectives(
                run,
                "checkout",
                SECOND,
                1,
                List.of(
                        new PhaseInfo("warm-up", false, Duration.ZERO, Duration.ofSeconds(5)),
                        new PhaseInfo("steady", true, Duration.ofSeconds(5), Duration.ofSeconds(20))),
                List.of(new RequestInfo("browse", "items")),
                List.of(
                        new ObjectiveSpec("fast", "p95 < 300ms outside faults"),
                        new ObjectiveSpec("odd", "what is this")),
                List.of(new PlannedFault("f1", "latency", "api", Duration.ofSeconds(10), Duration.ofSeconds(3))));
    }

    private static WindowSummary window(String run, Instant start, String scenario, String request, long p95) {
        return new WindowSummary(
                run,
                start,
                SECOND,
                "steady",
                scenario,
                request,
                ClosedBy.TICKS,
                start,
                new OutcomeCounts(98, 0, 2, 0, 0, 0, 0),
                request.equals("*")
                        ? Optional.of(new Ledger(103, 1, 102, 100, 100, 100, 0, 0, false))
                        : Optional.empty(),
                Optional.of(new Latency(p95 / 2.0, p95 / 2, p95, p95, 2 * p95, 3 * p95, 4 * p95)),
                Optional.empty(),
                NOTHING,
                NOTHING,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private void happened(Instant at, LifecycleEvent.Event event) {
        runs.add(new LifecycleEvent("r", at, "injector@a", event));
    }

    private void judged(Instant start, Verdict verdict, double observed) {
        runs.add(new VerdictEvent(
                "r",
                start.plus(SECOND),
                new WindowVerdict("fast", start, SECOND, Optional.of(observed), 0.3, 100, verdict, "p95")));
    }

    @Test
    void knowsHowFarARunHasCome() {
        runs.add(objectives("r"), START.minusSeconds(3));
        assertThat(run().state(START)).isEqualTo(RunView.State.PREPARING);

        happened(START, new LifecycleEvent.PhaseStarted("warm-up", 0));
        assertThat(run().state(START)).isEqualTo(RunView.State.RUNNING);
        assertThat(run().phase()).contains(0);
        assertThat(run().length()).isEqualTo(Duration.ofSeconds(25));

        happened(START.plusSeconds(5), new LifecycleEvent.PhaseEnded("warm-up", 0));
        happened(START.plusSeconds(5), new LifecycleEvent.PhaseStarted("steady", 1));
        assertThat(run().phase()).contains(1);
        assertThat(run().start()).contains(START);

        happened(START.plusSeconds(25), new LifecycleEvent.RunFinished(FinishReason.COMPLETED, ""));
        assertThat(run().state(START.plusSeconds(26))).isEqualTo(RunView.State.JUDGING);
        assertThat(run().state(START.plusSeconds(1_000))).isEqualTo(RunView.State.SILENT);
    }

    @Test
    void knowsTheStartOfARunThatItJoinedLate() {
        runs.add(objectives("r"), START);
        happened(START.plusSeconds(5), new LifecycleEvent.PhaseStarted("steady", 1));

        assertThat(run().start()).contains(START);
    }

    @Test
    void keepsWindowsInColumnsAndAddsThemUp() {
        for (int i = 0; i < 10; i++) {
            runs.add(window("r", START.plusSeconds(i), "*", "*", 40_000));
            runs.add(window("r", START.plusSeconds(i), "browse", "items", 30_000));
        }

        var traffic = run().traffic();
        assertThat(traffic.all().rows()).isEqualTo(10);
        assertThat(traffic.all().value(Column.P95.ordinal(), 9)).isEqualTo(40_000);
        assertThat(traffic.all().value(Column.ERRORS.ordinal(), 9)).isEqualTo(2);
        assertThat(traffic.requests()).containsOnlyKeys("browse/items");
        assertThat(traffic.newest()).isEqualTo(START.plusSeconds(9).getEpochSecond());
        assertThat(traffic.sums().ledger()).isEqualTo(new Ledger(1_030, 10, 1_020, 1_000, 1_000, 1_000, 0, 0, true));
        assertThat(traffic.sums().inFlight()).isEqualTo(20);
        assertThat(run().newest()).contains(START.plusSeconds(10));
    }

    @Test
    void saysInAndOutWhileItRuns() {
        runs.add(objectives("r"), START);
        assertThat(fast().where()).isEqualTo(Where.WAITING);

        judged(START, Verdict.PASS, 0.2);
        judged(START.plusSeconds(1), Verdict.FAIL, 0.4);
        judged(START.plusSeconds(2), Verdict.INCONCLUSIVE, 0.1);
        assertThat(fast().where()).isEqualTo(Where.OUT);
        assertThat(fast().observed()).contains(0.4);
        assertThat(fast().windows()).isEqualTo(2);
        assertThat(fast().windowsOut()).isEqualTo(1);
        assertThat(fast().limit()).isEqualTo(0.3);

        judged(START.plusSeconds(3), Verdict.PASS, 0.2);
        assertThat(fast().where()).isEqualTo(Where.IN);
        assertThat(run().log().newest(10)).extracting(EventLog.Entry::kind).containsExactly("back", "out");
        assertThat(run().standings().ribbon().rows()).isEqualTo(3);
        assertThat(run().standings().ribbon().value(0, 1)).isEqualTo(Standings.BROKEN);
        assertThat(run().standings().limits()).singleElement().satisfies(limit -> {
            assertThat(limit.name()).isEqualTo("fast");
            assertThat(limit.micros()).isEqualTo(300_000);
        });
    }

    private Standings.Standing fast() {
        return run().standings().all().getFirst();
    }

    @Test
    void followsAFaultFromThePlanToItsEnd() {
        runs.add(objectives("r"), START);
        assertThat(fault().state()).isEqualTo(Faults.State.PLANNED);

        happened(START, new LifecycleEvent.FaultAccepted("f1", "c", "latency", "api", Duration.ofSeconds(3)));
        assertThat(fault().state()).isEqualTo(Faults.State.ASKED);
        happened(START.plusSeconds(10), new LifecycleEvent.FaultApplied("f1", "latency", "api", START, Map.of()));
        assertThat(fault().state()).isEqualTo(Faults.State.IN_FORCE);
        assertThat(fault().applied()).contains(START.plusSeconds(10));
        happened(
                START.plusSeconds(13),
                new LifecycleEvent.FaultReverted("f1", "latency", "api", RevertCause.ELAPSED, Map.of()));
        assertThat(fault().state()).isEqualTo(Faults.State.REVERTED);
        assertThat(fault().reverted()).contains(START.plusSeconds(13));
    }

    private Faults.Fault fault() {
        return run().faults().all().getFirst();
    }

    @Test
    void keepsTheNewestRunsAndKnowsWhatAnOldOneWasToHold() {
        for (int i = 0; i < 3 * Runs.MOST; i++) {
            runs.add(objectives("r" + i), START.plusSeconds(i));
        }
        assertThat(runs.all(START)).hasSize(Runs.MOST);
        assertThat(runs.find("r0")).isEmpty();

        runs.add(window("r0", START.plusSeconds(1_000), "*", "*", 1_000));

        assertThat(runs.all(START)).hasSize(Runs.MOST);
        assertThat(runs.find("r0").orElseThrow().campaign()).isEqualTo("checkout");
    }

    /// Columns of twelve hours, for all requests and for ten of them, in under 40 MB.
    @Test
    void keepsTwelveHoursBySecond() {
        for (int i = 0; i < 43_200; i++) {
            runs.add(window("r", START.plusSeconds(i), "*", "*", 40_000));
        }
        assertThat(run().traffic().all().rows()).isEqualTo(43_200);
        assertThat(run().traffic().all().step()).isEqualTo(1_000_000);

        runs.add(window("r", START.plusSeconds(43_200), "*", "*", 40_000));
        assertThat(run().traffic().all().rows()).isEqualTo(21_601);
    }

    @Test
    void sharesTheRoomAmongRequestsAndRefusesTooMany() {
        for (int request = 0; request < 300; request++) {
            for (int i = 0; i < 30; i++) {
                runs.add(window("r", START.plusSeconds(i), "s", "q" + request, 1_000));
            }
        }
        assertThat(run().traffic().requests()).hasSize(200);
        assertThat(run().traffic().refused()).isEqualTo(100 * 30);
    }

    @Test
    void givesARunTheReadingsOfItsTime() {
        for (int i = -100; i < 100; i++) {
            runs.add(new ResourceSample("", "a", "api", START.plusSeconds(i), Map.of("cpu_cores", (double) i)));
        }
        long from = START.getEpochSecond() * 1_000_000;

        var readings = runs.usage().between(from, from + 10_000_000);
        assertThat(readings).singleElement().satisfies(reading -> {
            assertThat(reading.source()).isEqualTo("a/api");
            int first = reading.columns().from(from);
            assertThat(reading.columns().value(0, first)).isZero();
        });
        assertThat(runs.usage().between(from + 200_000_000, from + 210_000_000)).isEmpty();
    }
}
