package io.ordeal.campaign.run;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.schemas.control.Command.AdjustLoad;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.300Z");
    private static final Plan RATE = plan("rate: 100/s -> 450/s, step: 100/s, every: 2s, until: p95 > 500ms");
    private static final Plan USERS = plan("users: 50 -> 10, step: 20, every: 3s, until: errors > 10%");

    private final BreakWatch watch = new BreakWatch(RATE);

    @Test
    void goesBackToTheLevelBeforeTheOneThatBroke() {
        assertThat(watch.see(window(2, "climb", 100), START)).isEmpty();

        var point = watch.see(window(5, "climb", 600), START).orElseThrow();

        assertThat(point.level()).isEqualTo(300);
        assertThat(point.lastGood()).contains(200.0);
        assertThat(point.at()).isEqualTo(START.plusSeconds(6));
        assertThat(BreakWatch.back(point)).isEqualTo(new AdjustLoad(Optional.of(200.0), Optional.empty()));
        assertThat(point.text())
                .isEqualTo("`p95 > 500ms` at 300/s in phase `climb`; the last level that held is 200/s");
        assertThat(watch.found()).contains(point);
    }

    @Test
    void blamesTheLevelInForceAtTheEndOfTheWindow() {
        var straddling = window(Duration.ofMillis(1500), "climb", 600, 10, 10);

        assertThat(watch.see(straddling, START).orElseThrow().level()).isEqualTo(200);
    }

    @Test
    void knowsNoGoodLevelWhereTheFirstOneBreaks() {
        var point = watch.see(window(0, "climb", 600), START).orElseThrow();

        assertThat(point.level()).isEqualTo(100);
        assertThat(point.lastGood()).isEmpty();
        assertThat(BreakWatch.back(point)).isEqualTo(new AdjustLoad(Optional.of(100.0), Optional.empty()));
        assertThat(point.text()).endsWith("no level held");
    }

    @Test
    void staysAtTheLastLevelAfterItsSteps() {
        var point = watch.see(window(9, "climb", 600), START).orElseThrow();

        assertThat(point.level()).isEqualTo(450);
        assertThat(point.lastGood()).contains(400.0);
    }

    @Test
    void speaksOnce() {
        assertThat(watch.see(window(5, "climb", 600), START)).isPresent();
        assertThat(watch.see(window(6, "climb", 900), START)).isEmpty();
    }

    @Test
    void waitsForAnswers() {
        assertThat(watch.see(window(Duration.ofSeconds(3), "climb", 0, 0, 100), START))
                .isEmpty();
    }

    @Test
    void looksAtWholeWindowsOfThePhaseOnly() {
        assertThat(watch.see(window(Duration.ofMillis(-1), "climb", 600, 10, 10), START))
                .isEmpty();
        assertThat(watch.see(window(Duration.ofMillis(9001), "climb", 600, 10, 10), START))
                .isEmpty();
        assertThat(watch.see(window(Duration.ofMillis(9000), "climb", 600, 10, 10), START))
                .isPresent();
    }

    @Test
    void looksAtItsPhaseAndAtAllRequestsOnly() {
        assertThat(watch.see(window(12, "steady", 900), START)).isEmpty();
        assertThat(new BreakWatch(plan("rate: 5/s")).see(window(5, "climb", 900), START))
                .isEmpty();
    }

    @Test
    void goesBackWithUsersOnTheWayDown() {
        var users = new BreakWatch(USERS);
        var errors = new WindowSummary(
                "r",
                START.plusSeconds(3),
                Duration.ofSeconds(1),
                "climb",
                "*",
                "*",
                ClosedBy.TICKS,
                START,
                new OutcomeCounts(8, 0, 2, 0, 0, 0, 0),
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
                List.of());

        var point = users.see(errors, START).orElseThrow();

        assertThat(point.level()).isEqualTo(30);
        assertThat(BreakWatch.back(point)).isEqualTo(new AdjustLoad(Optional.empty(), Optional.of(50.0)));
    }

    private static WindowSummary window(int second, String phase, long p95Millis) {
        return window(Duration.ofSeconds(second), phase, p95Millis, 10, 10);
    }

    private static WindowSummary window(Duration at, String phase, long p95Millis, long ended, long scheduled) {
        long p95 = p95Millis * 1000;
        return new WindowSummary(
                "r",
                START.plus(at),
                Duration.ofSeconds(1),
                phase,
                "*",
                "*",
                ClosedBy.TICKS,
                START.plus(at),
                new OutcomeCounts(ended, 0, 0, 0, 0, 0, 0),
                Optional.of(new Ledger(scheduled, 0, ended, ended, ended, ended, 0, 0, true)),
                ended == 0 ? Optional.empty() : Optional.of(new Latency(p95, p95, p95, p95, p95, p95, p95)),
                Optional.empty(),
                GuardRows.histogram(p95, ended),
                ByteBuffer.allocate(0),
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private static Plan plan(String load) {
        var text = SMALL.replace(
                "{name: warm-up, users: 0 -> 50, over: 10s, judged: false}", "{name: climb, " + load + ", for: 10s}");
        return ((Planning.Planned) Planner.plan(accepted(text), 1)).plan();
    }
}
