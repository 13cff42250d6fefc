package io.ordeal.campaign.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Counts;
import io.ordeal.campaign.compare.Comparison.Row;
import io.ordeal.campaign.compare.Comparison.Terms;
import io.ordeal.campaign.compare.RecordedRun.RecordedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
                List.of(new RecordedRequest(
                        "buy/pay",
                        0,
                        0,
                        1,
                        before.requests().getFirst().windows().subList(0, 9))));
        assertThat(Comparison.of(before, small, TERMS).verdict()).isEqualTo(Change.UNCLEAR);
    }

    @Test
    void namesWhatMakesRunsUnlike() {
        var before = run("a", 1, 1, 0);
        var after = new RecordedRun("b", "other", Optional.of("elan"), "INCONCLUSIVE", Instant.EPOCH, List.of());
        assertThat(Comparison.of(before, after, TERMS).differences())
                .containsExactly(
                        "the campaigns differ: shop and other",
                        "the plans differ: plan and elan",
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
        return new RecordedRun(
                id, "shop", Optional.of("plan"), "PASS", Instant.ofEpochSecond(seed * 3600), List.of(request));
    }
}
