package io.ordeal.campaign.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Counts;
import io.ordeal.campaign.compare.Comparison.Row;
import io.ordeal.campaign.compare.Comparison.Terms;
import io.ordeal.campaign.compare.RecordedRun.RecordedRequest;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Terms TERMS = new Terms(0.05, 0.001, 0.98);

    @Test
    void callsTwoRunsOfTheSameTheSame() {
        var comparison = Comparison.of(run("a", 1, 1, 0), run("b", 2, 1, 0), TERMS);
        assertThat(comparison.verdict()).isEqualTo(Change.SAME);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.rows()).hasSize(4).allMatch(row -> row.verdict() == Change.SAME);
    }

    @Test
    void seesThatARunIsSlower() {
        var comparison = Comparison.of(run("a", 1, 1, 0), run("b", 2, 1.2, 0), TERMS);
        assertThat(comparison.verdict()).isEqualTo(Change.WORSE);
        var row = row(comparison, "p95");
        assertThat(row.verdict()).isEqualTo(Change.WORSE);
        assertThat(row.change().orElseThrow().estimate()).isBetween(0.15, 0.25);
        assertThat(row.superiority().orElseThrow()).isGreaterThan(0.9);
        assertThat(row.reason()).isEqualTo("surely different, and beyond the margin");
    }

    @Test
    void seesThatARunIsFaster() {
        assertThat(Comparison.of(run("a", 1, 1.2, 0), run("b", 2, 1, 0), TERMS).verdict())
                .isEqualTo(Change.BETTER);
    }

    @Test
    void passesOverAShiftWithinTheMargin() {
        var comparison = Comparison.of(run("a", 1, 1, 0), run("b", 2, 1.03, 0), TERMS);
        assertThat(comparison.verdict()).isEqualTo(Change.SAME);
    }

    @Test
    void seesMoreErrors() {
        var comparison = Comparison.of(run("a", 1, 1, 10), run("b", 2, 1, 200), TERMS);
        assertThat(row(comparison, "errors").verdict()).isEqualTo(Change.WORSE);
        assertThat(row(comparison, "p95").verdict()).isEqualTo(Change.SAME);
        assertThat(comparison.verdict()).isEqualTo(Change.WORSE);
    }

    @Test
    void saysThatTooFewWindowsTellNothing() {
        var before = run("a", 1, 1, 0);
        var small = new RecordedRun(
                "b",
                "shop",
                Optional.of("plan"),
                "PASS",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                List.of(new RecordedRequest(
                        "buy/pay",
                        0,
                        0,
                        1,
                        before.requests().getFirst().windows().subList(0, 9))),
                List.of());
        assertThat(Comparison.of(before, small, TERMS).verdict()).isEqualTo(Change.UNCLEAR);
    }

    @Test
    void namesWhatMakesRunsUnlike() {
        var before = run("a", 1, 1, 0);
        var after = new RecordedRun(
                "b",
                "other",
                Optional.of("elan"),
                "INCONCLUSIVE",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("phase steady", "800/s for 30 s", "seed", "1"),
                List.of(),
                List.of());
        assertThat(Comparison.of(before, after, TERMS).differences())
                .containsExactly(
                        "the campaigns differ: shop and other",
                        "the plans differ: plan and elan",
                        "phase steady: 500/s for 30 s, then 800/s for 30 s",
                        "fault F1: latency 500ms, then not there",
                        "buy/pay is in the first run only",
                        "run b is INCONCLUSIVE by itself");
    }

    @Test
    void findsALastingChangeInAHistory() {
        var runs = new ArrayList<RecordedRun>();
        for (int i = 0; i < 20; i++) {
            runs.add(run("r" + i, i, i < 12 ? 1 : 1.3, 0));
        }
        assertThat(History.of(runs, 0.05))
                .singleElement()
                .satisfies(history -> assertThat(history.shifts())
                        .extracting(
                                shift -> shift.measure() + " " + shift.since().run())
                        .containsExactly("p50 r12", "p95 r12", "p99 r12"));
    }

    private static Row row(Comparison comparison, String measure) {
        return comparison.rows().stream()
                .filter(row -> row.measure().equals(measure))
                .findAny()
                .orElseThrow();
    }

    /// Forty windows of 250 requests between 10 and 20 ms, times `factor`.
    private static RecordedRun run(String id, long seed, double factor, long errors) {
        var random = new SplittableRandom(seed);
        var windows = new ArrayList<Counts>();
        for (int i = 0; i < 40; i++) {
            var window = new Counts();
            for (int j = 0; j < 250; j++) {
                window.record((long) (10_000 * factor * (1 + random.nextDouble())));
            }
            windows.add(window);
        }
        var request = new RecordedRequest("buy/pay", 10_000, errors, 250, windows);
        var start = Instant.ofEpochSecond(seed * 3600);
        var facts = new LinkedHashMap<String, String>();
        facts.put("phase steady", "500/s for 30 s");
        facts.put("fault F1", "latency 500ms");
        facts.put("seed", "1");
        return new RecordedRun(
                id,
                "shop",
                Optional.of("plan"),
                "PASS",
                start,
                start.plusSeconds(3600),
                facts,
                List.of(request),
                List.of());
    }

    private static RecordedRun growing(String host, String subject, double perHour, double around) {
        var run = run(host, 1, 1, 0);
        var trend = new Trend(
                subject, host + "/api", "", 100, perHour, perHour - around, perHour + around, 100e6, Direction.RISING);
        return new RecordedRun(
                host,
                run.campaign(),
                run.plan(),
                run.verdict(),
                run.startedAt(),
                run.endedAt(),
                run.facts(),
                List.of(),
                List.of(trend));
    }

    @Test
    void findsALeakThatTheEarlierRunDidNotHave() {
        var steady = growing("a", "heap_after_gc", 1e6, 1e6);
        var leaking = Comparison.of(steady, growing("b", "heap_after_gc", 20e6, 1e6), TERMS);
        assertThat(leaking.verdict()).isEqualTo(Change.WORSE);
        assertThat(leaking.reasons()).containsExactly("b/api heap_after_gc slope is worse");
        assertThat(leaking.rows()).singleElement().satisfies(row -> {
            assertThat(row.change().orElseThrow().estimate()).isEqualTo(19e6);
            assertThat(row.change().orElseThrow().low()).isEqualTo(19e6 - Math.hypot(1e6, 1e6));
        });
        // 4 MB of 100 MB in an hour are within 5 %, 20 MB with such an interval in the noise.
        assertThat(Comparison.of(steady, growing("b", "heap_after_gc", 5e6, 1e6), TERMS)
                        .verdict())
                .isEqualTo(Change.SAME);
        assertThat(Comparison.of(steady, growing("b", "heap_after_gc", 20e6, 30e6), TERMS)
                        .verdict())
                .isEqualTo(Change.SAME);
        assertThat(Comparison.of(growing("a", "heap_after_gc", 20e6, 1e6), steady, TERMS)
                        .verdict())
                .isEqualTo(Change.BETTER);
        assertThat(Comparison.of(steady, growing("b", "cache_hits", 20e6, 1e6), TERMS)
                        .rows())
                .isEmpty();
        assertThat(Comparison.of(growing("a", "cache_hits", 1, 1), growing("b", "cache_hits", 20e6, 1e6), TERMS)
                        .rows()
                        .getFirst()
                        .reason())
                .isEqualTo("whether more of it is worse is not known");
    }
}
