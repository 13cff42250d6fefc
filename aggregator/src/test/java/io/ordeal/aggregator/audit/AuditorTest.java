package io.ordeal.aggregator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.results.BurnAlert;
import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.LoadStep;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Answers worked out by hand.
class AuditorTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void percentilesAreUpperEdgesOfBucketsAndTheRestIsExact() {
        var script = new Script(1, "p95 < 1s");
        for (int i = 1; i <= 100; i++) {
            script.request(0.5, i * 1000L, Outcome.OK, Map.of());
        }
        var response = script.results().windows().getFirst().response().orElseThrow();
        assertThat(response.p50()).isEqualTo(50_015); // the bucket from 49,984 on is 32 wide
        assertThat(response.p99()).isEqualTo(99_007); // the bucket from 98,944 on is 64 wide
        assertThat(response.max()).isEqualTo(100_000);
        assertThat(response.p999()).isEqualTo(100_000); // never above the maximum
        assertThat(response.mean()).isEqualTo(50_500);
    }

    @Test
    void aWindowInWhichNothingWasDueIsNotTold() {
        var windows = new Script(4, "p95 < 1s")
                .window(0, 10, 0)
                .window(3, 10, 0)
                .results()
                .windows();
        assertThat(windows).extracting(window -> window.start()).containsOnly(Script.at(0), Script.at(3));
    }

    @Test
    void errorsCarryWilsonsInterval() {
        var objective = new Script(1, "errors < 2%").window(0, 995, 5).objective();
        assertThat(objective.verdict()).isEqualTo(Verdict.PASS);
        assertThat(objective.observed()).contains(0.005);
        assertThat(objective.low().orElseThrow()).isCloseTo(0.002138, within(1e-6));
        assertThat(objective.high().orElseThrow()).isCloseTo(0.011651, within(1e-6));
    }

    @Test
    void droppedRequestsAreBadUnlessATagLeavesOpenWhoseTheyWere() {
        var plain = new Script(1, "availability > 95%").window(0, 940, 0).dropped(0, 60);
        assertThat(plain.objective().verdict()).isEqualTo(Verdict.FAIL);
        var tagged = new Script(1, "availability > 95% tagged tier=gold")
                .window(0, 940, 0)
                .dropped(0, 60);
        assertThat(tagged.objective().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        var others = new Script(1, "errors < 5% tagged tier=silver").window(0, 100, 0);
        assertThat(others.objective().samples()).isZero();
    }

    @Test
    void withTakesThePlaceOfTheNumberNeeded() {
        assertThat(new Script(1, "p99 < 1s").window(0, 500, 0).objective().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new Script(1, "p99 < 1s with 500 requests")
                        .window(0, 500, 0)
                        .objective()
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void anAdvisoryObjectiveOnlyWarns() {
        var verdict =
                new Script(1, "warn errors < 1%", "p50 < 1s").window(0, 50, 50).verdict();
        assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
        assertThat(verdict.objectives().getFirst().verdict()).isEqualTo(Verdict.WARN);
        assertThat(verdict.firstBreach()).isEmpty();
        assertThat(new Script(1, "warn errors < 1%").window(0, 50, 50).verdict().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE); // nothing was set that decides
    }

    @Test
    void customMeasuresAreKeptToFourDigits() {
        var script = new Script(1, "tokens p50 > 20", "tokens mean < 1");
        for (int i = 0; i < 30; i++) {
            script.request(0.5, 1000, Outcome.OK, i < 20 ? Map.of("tokens", 123.4501) : Map.of("odd", Double.NaN));
        }
        var verdict = script.verdict();
        assertThat(verdict.requests().getFirst().measures())
                .containsExactly(new MeasureSummary("tokens", 20, 123.5, 123.5, 123.5, 123.5, 123.5, 123.5, 123.5));
        assertThat(verdict.objectives().getFirst().verdict()).isEqualTo(Verdict.PASS);
        assertThat(verdict.objectives().getFirst().samples()).isEqualTo(20);
        assertThat(verdict.objectives().getLast().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theSeventeenthNameOfAMeasureIsRefused() {
        var script = new Script(1, "p50 < 1s");
        for (int i = 0; i < 20; i++) {
            script.request(0.5, 1000, Outcome.OK, Map.of("m%02d".formatted(i), 1.0));
        }
        var verdict = script.verdict();
        assertThat(verdict.refused()).isEqualTo(4);
        assertThat(verdict.requests().getFirst().measures()).hasSize(16);
        assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void eachSourceIsJudgedByItselfAndTheWorstDecides() {
        var script = new Script(12, "cpu < 80%", "cpu mean < 80% on api", "cpu max < 80% on db").window(0, 10, 0);
        for (int i = 0; i < 10; i++) {
            script.sample(i + 0.2, "api", Map.of("cpu", 0.5)).sample(i + 0.3, "db", Map.of("cpu", i == 4 ? 0.9 : 0.1));
        }
        var objectives = script.verdict().objectives();
        assertThat(objectives.get(0).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(objectives.get(0).observed()).contains(0.9);
        assertThat(objectives.get(0).windowsFailed()).isEqualTo(1);
        assertThat(objectives.get(0).worst())
                .singleElement()
                .satisfies(worst -> assertThat(worst.start()).isEqualTo(Script.at(4)));
        assertThat(objectives.get(1).verdict()).isEqualTo(Verdict.PASS);
        assertThat(objectives.get(2).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void fewSamplesOfAReadingOnlyFailBeyondALimitOnTheGreatest() {
        var few = new Script(12, "cpu < 80%", "cpu mean < 80% on api").window(0, 10, 0);
        few.sample(1, "api", Map.of("cpu", 0.99));
        assertThat(few.verdict().objectives())
                .extracting(objective -> objective.verdict())
                .containsExactly(Verdict.FAIL, Verdict.INCONCLUSIVE);
        assertThat(new Script(12, "cpu < 80%").window(0, 10, 0).objective().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aLeakIsASlope() {
        var script = new Script(20, "heap_after_gc slope < 5MB/h", "threads slope < 1/h", "mean slope < 1ms/h");
        for (int i = 0; i < 20; i++) {
            script.window(i, 10, 0).sample(i + 0.5, "api", Map.of("heap_after_gc", i * 1e6, "threads", 7.0));
        }
        var verdict = script.verdict();
        assertThat(verdict.objectives())
                .extracting(objective -> objective.verdict())
                .containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.PASS);
        assertThat(verdict.objectives().getFirst().observed().orElseThrow()).isCloseTo(3.6e9, within(1.0));
        assertThat(verdict.objectives().getFirst().samples()).isEqualTo(20);
        assertThat(verdict.trends()).anySatisfy(trend -> {
            assertThat(trend.subject()).isEqualTo("heap_after_gc");
            assertThat(trend.source()).isEqualTo("h/api");
            assertThat(trend.direction()).isEqualTo(Direction.RISING);
            assertThat(trend.level()).isCloseTo(9.5e6, CLOSE);
        });
        assertThat(verdict.trends())
                .filteredOn(trend -> trend.source().isEmpty())
                .allSatisfy(trend -> assertThat(trend.direction()).isEqualTo(Direction.FLAT))
                .extracting(trend -> trend.subject())
                .containsExactly("p50", "p95", "errors", "throughput");
    }

    @Test
    void aBudgetThatBurnsTooFastWarns() {
        var script = new Script(100, "errors < 10% as budget");
        for (int i = 0; i < 100; i++) {
            int bad = i >= 20 && i < 30 ? 5 : 0;
            script.window(i, 10 - bad, bad);
        }
        var verdict = script.verdict();
        var budget = verdict.objectives().getFirst().budget().orElseThrow();
        assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
        assertThat(verdict.objectives().getFirst().verdict()).isEqualTo(Verdict.WARN);
        assertThat(budget.total()).isEqualTo(1000);
        assertThat(budget.bad()).isEqualTo(50);
        assertThat(budget.spent()).isCloseTo(0.5, CLOSE);
        // Wilson's lower end for 20 of 100 is the first above 10 %; from window 30 on the short window is clean
        assertThat(budget.alerts())
                .containsExactly(new BurnAlert(1, Duration.ofSeconds(10), Duration.ofSeconds(1), Script.at(24), 7, 5));
    }

    @Test
    void aFaultIsTimedFromItsActAndItsEnd() {
        var script = new Script(20, "errors < 10%", "recovery < 5s", "time_to_trip < 2s", "queue_drain < 2s")
                .fault("f", 5.2, 8.1);
        for (int i = 0; i < 20; i++) {
            script.window(i, i >= 6 && i < 10 ? 5 : 10, i >= 6 && i < 10 ? 5 : 0);
            script.sample(i + 0.1, "api", Map.of("circuit_open", i >= 6 && i < 9 ? 1.0 : 0.0));
            script.sample(i + 0.2, "api", Map.of("queue_depth", i < 5 ? 3.0 : i < 11 ? 50.0 : 2.0));
        }
        var verdict = script.verdict();
        var fault = verdict.faults().getFirst();
        assertThat(fault.timeToBreach()).contains(Duration.ofMillis(800)); // window 6
        assertThat(fault.timeToRecover()).contains(Duration.ofMillis(1900)); // window 10
        assertThat(fault.breached()).containsExactly("errors < 10%");
        // windows 6, 7 and 9: that of 8 begins before the end, and its requests were all sent after it
        assertThat(fault.bad()).isEqualTo(15);
        assertThat(fault.timeToTrip()).contains(Duration.ofMillis(900)); // the sample at 6.1
        assertThat(fault.queueDrain()).contains(Duration.ofMillis(3100)); // the sample at 11.2
        assertThat(verdict.objectives())
                .extracting(objective -> objective.verdict())
                .containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.PASS, Verdict.FAIL); // 20 of 200 are 10 %
    }

    @Test
    void aSilentAggregatorMayHaveBeenHit() {
        var script = new Script(10, "p50 < 1s").fault("f", 3, 4);
        for (int i = 0; i < 10; i++) {
            script.window(i, 10, 0);
        }
        assertThat(script.verdict().verdict()).isEqualTo(Verdict.PASS);
        assertThat(script.withoutPulse().verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aLoadInStepsHasABreakingPointAndAFirstBreachWithWhatWasFull() {
        var script = new Script(6, "errors < 10%")
                .steps(step(0, 100), step(2, 200), step(4, 300))
                .sample(2.5, "api", Map.of("cpu", 0.5, "pool", 19.0, "pool_limit", 20.0))
                .sample(3.5, "api", Map.of("cpu", 0.95));
        for (int i = 0; i < 6; i++) {
            script.window(i, 100, i < 4 ? 0 : 50);
        }
        script.window(3, 0, 30);
        var verdict = script.verdict();
        assertThat(verdict.breakingPoints()).singleElement().satisfies(point -> {
            assertThat(point.held().orElseThrow().level()).isEqualTo(100);
            assertThat(point.broke().orElseThrow().level()).isEqualTo(200);
            assertThat(point.broke().orElseThrow().completed()).isEqualTo(230);
            assertThat(point.broke().orElseThrow().throughput()).isCloseTo(100, CLOSE);
            assertThat(point.broke().orElseThrow().failed()).containsExactly("errors < 10%");
        });
        var breach = verdict.firstBreach().orElseThrow();
        assertThat(breach.at()).isEqualTo(Script.at(3));
        assertThat(breach.objective()).isEqualTo("errors < 10%");
        assertThat(breach.saturated())
                .extracting(each -> each.reading() + " " + each.value() + " of " + each.limit() + " by " + each.at())
                .containsExactly(
                        "pool 19.0 of 20.0 by " + Script.at(3).minusMillis(500),
                        "cpu 0.95 of 1.0 by " + Script.at(4).minusMillis(500));
    }

    private static LoadStep step(int second, double level) {
        return new LoadStep(Duration.ofSeconds(second), Duration.ofSeconds(2), level, "1/s");
    }
}
