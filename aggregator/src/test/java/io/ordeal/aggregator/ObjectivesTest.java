package io.ordeal.aggregator;

import static io.ordeal.schemas.results.Verdict.FAIL;
import static io.ordeal.schemas.results.Verdict.INCONCLUSIVE;
import static io.ordeal.schemas.results.Verdict.PASS;
import static io.ordeal.schemas.results.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Known answers for every kind of objective, from windows to the verdict on the run.
final class ObjectivesTest {
    @Test
    void aPercentileOfAThousandEvenlySpacedValues() {
        var scene = steady("p95 < 960ms");
        for (int i = 0; i < 1_000; i++) {
            scene.ok(i / 100, i / 100 + 1, 1, i + 1);
        }

        var p95 = scene.judge().objective();

        assertThat(p95.verdict()).isEqualTo(PASS);
        assertThat(p95.samples()).isEqualTo(1_000);
        assertThat(p95.observed().orElseThrow()).isBetween(0.950, 0.951);
        assertThat(p95.low().orElseThrow()).as("rank 936").isBetween(0.936, 0.937);
        assertThat(p95.high().orElseThrow()).as("rank 964").isBetween(0.964, 0.965);
    }

    @Test
    void percentiles() {
        Consumer<Scene> twentyMillis = scene -> scene.ok(0, 10, 100, 20);
        expect("p95 < 21ms", PASS, 0.020, twentyMillis);
        expect("p95 < 20ms", FAIL, 0.020, twentyMillis);
        expect("service p95 < 21ms", PASS, 0.020, twentyMillis);
        expect("p99.9 < 21ms", INCONCLUSIVE, 0.020, twentyMillis);
        expect("p99.9 < 21ms with 1000 requests", PASS, 0.020, twentyMillis);
        expect("p50 < 21ms with 1001 requests", INCONCLUSIVE, 0.020, twentyMillis);
        expect("warn p95 < 20ms", WARN, 0.020, twentyMillis);
        expect("warn p95 < 21ms", PASS, 0.020, twentyMillis);
        expect("p95 < 21ms", INCONCLUSIVE, 0.020, twentyMillis.andThen(scene -> scene.lost(60)));
        expect("p95 < 21ms", PASS, 0.020, twentyMillis.andThen(scene -> scene.lost(50)));
        expect("p95 < 20ms", FAIL, 0.020, twentyMillis.andThen(scene -> scene.lost(5_000)));
        expect("p95 < 20ms", INCONCLUSIVE, 0.020, twentyMillis.andThen(scene -> scene.lost(20_000)));
    }

    @Test
    void aWindowWithoutRequestsIsNotTold() {
        var told = steady("p95 < 21ms").ok(0, 3, 100, 20).ok(7, 9, 100, 20).judge();

        assertThat(told.windows()).extracting(WindowSummary::request).containsOnly("get", "*");
        assertThat(told.windowVerdicts()).hasSize(5);
        assertThat(told.objective().windows()).isEqualTo(5);
        assertThat(told.run().windows()).isEqualTo(5);
        assertThat(told.run().verdict()).isEqualTo(PASS);
    }

    @Test
    void silenceWhileRequestsWaitFailsEachObjectiveOnRequests() {
        for (var objective :
                new String[] {"p95 < 21ms", "mean < 21ms", "max < 21ms", "errors < 1%", "availability > 9%"}) {
            var told = steady(objective)
                    .ok(0, 3, 100, 20)
                    .stalled(3, 5)
                    .ok(4, 6, 100, 20)
                    .judge();

            assertThat(told.windowVerdicts().get(3)).as(objective).satisfies(silent -> {
                assertThat(silent.verdict()).isEqualTo(FAIL);
                assertThat(silent.observed()).isEmpty();
                assertThat(silent.samples()).isZero();
            });
            assertThat(told.objective().windowsFailed()).isEqualTo(1);
            assertThat(told.run().firstBreach().orElseThrow().at()).isEqualTo(Scene.at(3));
        }
        assertThat(steady("tokens p50 > 1").stalled(0, 5).judge().windowVerdicts())
                .isEmpty();
    }

    @Test
    void anEmptyRunProvesNothing() {
        for (var objective : new String[] {
            "p95 < 1s",
            "mean < 1s",
            "max < 1s",
            "errors < 1%",
            "availability > 99%",
            "throughput > 1/s",
            "tokens p50 > 1",
            "errors < 1% as budget",
            "p95 < 1s per window",
            "recovery < 1s"
        }) {
            var told = steady(objective).judge();

            assertThat(told.objective().verdict()).as(objective).isEqualTo(INCONCLUSIVE);
            assertThat(told.objective().observed()).isEmpty();
            assertThat(told.objective().low()).isEmpty();
            assertThat(told.run().verdict()).isEqualTo(INCONCLUSIVE);
        }
    }

    @Test
    void meansAndMaxima() {
        Consumer<Scene> mixed = scene -> scene.ok(0, 10, 9, 10).ok(0, 10, 1, 110);
        expect("mean < 21ms", PASS, 0.020, mixed);
        expect("mean < 20ms", FAIL, 0.020, mixed);
        expect("warn mean < 20ms", WARN, 0.020, mixed);
        expect("mean < 21ms with 101 requests", INCONCLUSIVE, 0.020, mixed);
        expect("mean < 21ms", INCONCLUSIVE, 0.020, mixed.andThen(scene -> scene.lost(2)));
        expect("mean < 1ms", FAIL, 0.020, mixed.andThen(scene -> scene.lost(2)));
        expect("max < 111ms", PASS, 0.110, mixed);
        expect("max < 110ms", FAIL, 0.110, mixed);
        expect("warn max < 110ms", WARN, 0.110, mixed);
        expect("max < 111ms", INCONCLUSIVE, 0.110, mixed.andThen(scene -> scene.lost(2)));
        expect("mean < 1s", INCONCLUSIVE, 0.010, scene -> scene.ok(0, 1, 9, 10));
        expect("max < 1s", PASS, 0.010, scene -> scene.ok(0, 1, 1, 10));
    }

    @Test
    void errorsAndAvailability() {
        Consumer<Scene> oneInAHundred = scene -> scene.ok(0, 10, 99, 10).bad(0, 10, 1);
        expect("errors < 2%", PASS, 0.01, oneInAHundred);
        expect("errors < 1%", FAIL, 0.01, oneInAHundred);
        expect("warn errors < 1%", WARN, 0.01, oneInAHundred);
        expect("errors < 2%", INCONCLUSIVE, 0.01, oneInAHundred.andThen(scene -> scene.lost(20)));
        expect("errors < 2%", PASS, 0.01, oneInAHundred.andThen(scene -> scene.dropped(5, 9)));
        expect("errors < 0.05%", FAIL, 0.01, oneInAHundred);
        expect("errors < 2%", INCONCLUSIVE, 0.0, scene -> scene.ok(0, 1, 49, 10));
        expect("availability >= 99%", PASS, 0.99, oneInAHundred);
        expect("availability > 99%", FAIL, 0.99, oneInAHundred);
        expect("warn availability > 99%", WARN, 0.99, oneInAHundred);
        expect(
                "availability >= 99%",
                FAIL, 0.98, scene -> scene.ok(0, 10, 98, 10).dropped(5, 20));
        expect(
                "availability of a/get >= 98%",
                INCONCLUSIVE, 1.0, scene -> scene.ok(0, 10, 98, 10).dropped(5, 30));
        expect("availability >= 99%", INCONCLUSIVE, 0.99, oneInAHundred.andThen(scene -> scene.lost(1)));
    }

    @Test
    void aRatioHasWilsonsInterval() {
        var errors =
                steady("errors < 5%").ok(0, 10, 99, 10).bad(0, 10, 1).judge().objective();

        assertThat(errors.low().orElseThrow()).isCloseTo(0.005441, within(1e-6));
        assertThat(errors.high().orElseThrow()).isCloseTo(0.018309, within(1e-6));
    }

    @Test
    void throughput() {
        Consumer<Scene> fifty =
                scene -> scene.ok(0, 5, 60, 10).bad(0, 5, 10).ok(7, 10, 60, 10).ok(5, 7, 10, 10);
        expect("throughput >= 50/s", PASS, 50.0, fifty);
        expect("throughput > 50/s", FAIL, 50.0, fifty);
        expect("warn throughput > 50/s", WARN, 50.0, fifty);
        expect("throughput > 50/s", INCONCLUSIVE, 50.0, fifty.andThen(scene -> scene.lost(1)));
        expect("throughput >= 50/s per window", FAIL, 10.0, fifty);
        expect("throughput >= 10/s per window", PASS, 10.0, fifty);
        assertThat(steady("throughput > 20/s")
                        .ok(0, 5, 60, 10)
                        .ok(9, 10, 0, 10)
                        .ok(9, 10, 60, 10)
                        .judge()
                        .objective()
                        .observed())
                .as("idle time counts")
                .contains(36.0);
    }

    @Test
    void eachWindowByItself() {
        Consumer<Scene> slowSecond =
                scene -> scene.ok(0, 4, 100, 10).ok(4, 5, 100, 90).ok(5, 10, 100, 10);
        expect("p95 < 50ms per window", FAIL, 0.090, slowSecond);
        expect("p95 < 91ms per window", PASS, 0.090, slowSecond);
        expect("warn p95 < 50ms per window", WARN, 0.090, slowSecond);
        expect("p99 < 91ms per window", INCONCLUSIVE, 0.090, slowSecond.andThen(scene -> scene.ok(10, 11, 99, 10)));
        expect("p95 < 50ms per window", FAIL, 0.090, slowSecond.andThen(scene -> scene.ok(10, 11, 9, 10)));
        expect("p95 < 50ms per window", INCONCLUSIVE, 0.090, slowSecond.andThen(scene -> scene.saturated(4)));

        var told = steady("warn p95 < 50ms per window")
                .ok(0, 4, 100, 10)
                .ok(4, 5, 100, 90)
                .judge();
        assertThat(told.windowVerdicts())
                .extracting(WindowVerdict::verdict)
                .containsExactly(PASS, PASS, PASS, PASS, WARN);
        assertThat(told.objective().windowsFailed()).isEqualTo(1);
        assertThat(told.objective().reason()).isEqualTo("it did not hold in 1 of 5 windows");
        assertThat(told.objective().low()).as("no interval of a worst value").isEmpty();
    }

    @Test
    void theWorstWindowsAreNamedWorstFirst() {
        var scene = steady("p95 < 25ms");
        for (int second = 0; second < 10; second++) {
            scene.ok(second, second + 1, 100, second == 9 ? 70 : 10 * (second + 1));
        }

        assertThat(scene.judge().objective().worst())
                .containsExactly(
                        new WorstWindow(Scene.at(8), 0.09),
                        new WorstWindow(Scene.at(7), 0.08),
                        new WorstWindow(Scene.at(6), 0.07),
                        new WorstWindow(Scene.at(9), 0.07),
                        new WorstWindow(Scene.at(5), 0.06));
    }

    @Test
    void tagsChooseScenarios() {
        var scene = new Scene("p95 < 50ms tagged tier=gold", "p95 < 50ms tagged tier=tin", "p95 < 50ms")
                .phase("steady", true, 60)
                .request("a", "get", Map.of("tier", "gold"))
                .ok(0, 5, 100, 10)
                .request("b", "get", Map.of("tier", "silver"))
                .ok(0, 5, 100, 90);

        var run = scene.judge().run();

        assertThat(run.objectives()).extracting(ObjectiveVerdict::verdict).containsExactly(PASS, INCONCLUSIVE, FAIL);
        assertThat(run.objectives().getFirst().samples()).isEqualTo(500);
        assertThat(run.objectives().getFirst().scope()).isEqualTo("whole run, tagged tier=gold");
        assertThat(scene.dropped(2, 200).judge().run().objectives().getFirst().verdict())
                .as("whose requests were dropped is not known")
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void phasesAndRequestsChoose() {
        var run = new Scene("p95 < 50ms in rush", "p95 of b < 50ms", "p95 of a/get < 50ms in rush", "p95 < 50ms")
                .phase("warm-up", false, 5)
                .request("a", "get", Map.of())
                .ok(0, 5, 100, 500)
                .phase("rush", true, 5)
                .ok(5, 10, 100, 10)
                .request("b", "put", Map.of())
                .ok(5, 10, 100, 90)
                .judge()
                .run();

        assertThat(run.objectives()).extracting(ObjectiveVerdict::verdict).containsExactly(FAIL, FAIL, PASS, FAIL);
        assertThat(run.objectives()).extracting(ObjectiveVerdict::samples).containsExactly(1_000L, 500L, 500L, 1_000L);
    }

    @Test
    void measuresOfRequests() {
        Consumer<Scene> oneToTwenty = scene -> {
            for (int i = 1; i <= 20; i++) {
                scene.measured(i / 4, "tokens", i);
            }
            scene.ok(0, 6, 10, 10);
        };
        expect("tokens p50 > 9", PASS, 10.0, oneToTwenty);
        expect("tokens p50 > 10", FAIL, 10.0, oneToTwenty);
        expect("tokens p50 < 11", PASS, 10.0, oneToTwenty);
        expect("tokens p50 < 10", FAIL, 10.0, oneToTwenty);
        expect("warn tokens p50 < 10", WARN, 10.0, oneToTwenty);
        expect("tokens p51 < 12", INCONCLUSIVE, 11.0, oneToTwenty);
        expect("tokens p51 < 12 with 20 requests", PASS, 11.0, oneToTwenty);
        expect("tokens mean < 11", PASS, 10.5, oneToTwenty);
        expect("tokens mean > 10.5", FAIL, 10.5, oneToTwenty);
        expect("tokens min >= 1", PASS, 1.0, oneToTwenty);
        expect("tokens min > 1", FAIL, 1.0, oneToTwenty);
        expect("tokens max < 21", PASS, 20.0, oneToTwenty);
        expect("tokens max < 20", FAIL, 20.0, oneToTwenty);
        expect("tokens p50 > 9", INCONCLUSIVE, 10.0, oneToTwenty.andThen(scene -> scene.lost(2)));
        expect("tokens p50 > 8", PASS, 10.0, oneToTwenty.andThen(scene -> scene.lost(2)));
        expect("tokens p50 > 11", FAIL, 10.0, oneToTwenty.andThen(scene -> scene.lost(1)));
        expect("tokens p50 > 11", INCONCLUSIVE, 10.0, oneToTwenty.andThen(scene -> scene.lost(3)));
        expect("tokens mean > 11", INCONCLUSIVE, 10.5, oneToTwenty.andThen(scene -> scene.lost(1)));
        expect("tokens min > 1", FAIL, 1.0, oneToTwenty.andThen(scene -> scene.lost(9)));
        expect("tokens max > 20", INCONCLUSIVE, 20.0, oneToTwenty.andThen(scene -> scene.lost(1)));
        expect("tokens max > 20", FAIL, 20.0, oneToTwenty);
        expect("tokens min >= 1", INCONCLUSIVE, 1.0, oneToTwenty.andThen(scene -> scene.lost(1)));
        expect("tokens min >= 4 per window", FAIL, 1.0, oneToTwenty);
        expect("tokens mean < 21 per window", PASS, 20.0, oneToTwenty);
        assertThat(steady("depth p50 < 1").ok(0, 5, 10, 10).judge().objective().reason())
                .isEqualTo("no request that counts carried `depth`");
    }

    @Test
    void aSummaryOfMeasures() {
        var told = steady("tokens p50 > 0")
                .measured(0, "tokens", 12.341, -0.5, 0, Double.NaN, Double.POSITIVE_INFINITY, 99_991)
                .measured(0, "alpha", 1)
                .judge();

        assertThat(told.windows().getFirst().measures()).hasSize(2);
        assertThat(told.run().requests().getFirst().measures().getLast()).satisfies(tokens -> {
            assertThat(tokens.name()).isEqualTo("tokens");
            assertThat(tokens.count()).isEqualTo(4);
            assertThat(tokens.min()).isEqualTo(-0.5);
            assertThat(tokens.max()).isEqualTo(100_000);
            assertThat(tokens.p50()).isEqualTo(0);
            assertThat(tokens.p90()).isEqualTo(100_000);
            assertThat(tokens.mean()).isEqualTo((12.35 - 0.5 + 100_000) / 4);
        });
    }

    @Test
    void anObjectiveThatOnlyWarnsNeverDecides() {
        var told = new Scene("p95 < 50ms", "warn p95 < 5ms", "warn depth p50 < 1", "warn recovery < 1ms")
                .phase("steady", true, 60)
                .request("a", "get", Map.of())
                .ok(0, 10, 100, 10)
                .judge();

        assertThat(told.run().verdict()).isEqualTo(PASS);
        assertThat(told.run().reasons()).isEmpty();
        assertThat(told.run().objectives())
                .extracting(ObjectiveVerdict::verdict)
                .containsExactly(PASS, WARN, INCONCLUSIVE, INCONCLUSIVE);
        assertThat(told.run().warnings())
                .containsExactly(
                        "`warn p95 < 5ms` warns: observed 10 ms, limit < 5 ms.",
                        "`warn depth p50 < 1` is inconclusive: no request that counts carried `depth`.",
                        "`warn recovery < 1ms` is inconclusive: there was no such fault.");
        assertThat(told.run().firstBreach()).isEmpty();
        assertThat(steady("warn p95 < 50ms").ok(0, 10, 100, 10).judge().run().verdict())
                .as("nothing that decides was set")
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void whatCannotBeReadOrFitsNowhereIsInconclusive() {
        expect("p95 <", INCONCLUSIVE, Double.NaN, scene -> scene.ok(0, 5, 100, 10));
        expect("p95 < 50ms in nowhere", INCONCLUSIVE, Double.NaN, scene -> scene.ok(0, 5, 100, 10));
        expect("p95 < 50ms during faults", INCONCLUSIVE, Double.NaN, scene -> scene.ok(0, 5, 100, 10));
    }

    @Test
    void aSaturatedGeneratorConvictsOfErrorsAndServiceTimeOnly() {
        Consumer<Scene> saturated =
                scene -> scene.ok(0, 9, 100, 90).bad(0, 9, 10).saturated(3).saturated(4);
        expect("p95 < 50ms", INCONCLUSIVE, 0.090, saturated);
        expect("service p95 < 50ms", FAIL, 0.090, saturated);
        expect("errors < 1%", FAIL, 90 / 990.0, saturated);
        expect("availability > 99%", INCONCLUSIVE, 900 / 990.0, saturated);
        expect("throughput > 200/s", INCONCLUSIVE, 100.0, saturated);
    }

    @Test
    void faultsDivideARun() {
        Consumer<Scene> slowDuring = scene ->
                scene.ok(0, 10, 100, 10).ok(10, 13, 100, 90).ok(13, 20, 100, 10).fault("f", 10, 12.95);
        expect("p95 < 50ms outside faults", PASS, 0.010, slowDuring);
        expect("p95 < 50ms during f", FAIL, 0.090, slowDuring);
        expect("p95 < 50ms during faults", FAIL, 0.090, slowDuring);
        expect("p95 < 50ms during g", INCONCLUSIVE, Double.NaN, slowDuring);
        expect("p95 < 50ms after f", PASS, 0.010, slowDuring);
        expect("max < 50ms", FAIL, 0.090, slowDuring);
        expect("recovery < 1s", PASS, 0.05, slowDuring);
        expect("recovery < 40ms", FAIL, 0.05, slowDuring);
        expect("warn recovery < 40ms", WARN, 0.05, slowDuring);
        Consumer<Scene> unconfirmed = slowDuring.andThen(scene -> scene.endless("g", 19));
        expect("max < 50ms during f", INCONCLUSIVE, 0.090, unconfirmed);
        expect("max < 50ms during f per window", INCONCLUSIVE, 0.090, unconfirmed);
        expect("max < 50ms", FAIL, 0.090, unconfirmed);
    }

    /// Judges one objective, beside one that gives the faults something to hold to.
    private static void expect(String objective, Verdict verdict, double observed, Consumer<Scene> events) {
        var scene = new Scene(objective, "p95 < 50ms").phase("steady", true, 60).request("a", "get", Map.of());
        events.accept(scene);
        var found = scene.judge().objective();
        assertThat(found.verdict()).as(found.toString()).isEqualTo(verdict);
        if (Double.isNaN(observed)) {
            assertThat(found.observed()).isEmpty();
        } else {
            assertThat(found.observed().orElseThrow()).as(objective).isCloseTo(observed, within(1e-9));
        }
    }

    private static Offset<Double> within(double offset) {
        return Offset.offset(offset);
    }

    private static Scene steady(String objective) {
        return new Scene(objective).phase("steady", true, 60).request("a", "get", Map.of());
    }
}
