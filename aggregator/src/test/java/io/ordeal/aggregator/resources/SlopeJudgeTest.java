package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.results.Verdict;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlopeJudgeTest {
    private static final double MB = 1e6;

    @Test
    void aStraightLineHasItsSlopeForAnInterval() {
        var answer = new Case(60, "heap_bytes slope < 5MB/h")
                .reading("api", "heap_bytes", 0, 60, at -> 100 * MB + at * 1000)
                .answer();

        assertThat(answer.finding().verdict()).isEqualTo(Verdict.PASS);
        assertThat(answer.finding().samples()).isEqualTo(50);
        var slope = answer.interval().orElseThrow();
        assertThat(slope.estimate()).isCloseTo(3.6 * MB, within(1.0));
        assertThat(slope.low()).isCloseTo(3.6 * MB, within(1.0));
        assertThat(slope.high()).isCloseTo(3.6 * MB, within(1.0));
        assertThat(answer.finding().observed()).contains(slope.estimate());

        var beyond = new Case(60, "heap_bytes slope < 3MB/h")
                .reading("api", "heap_bytes", 0, 60, at -> 100 * MB + at * 1000)
                .answer();
        assertThat(beyond.finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(beyond.finding().reason()).isEqualTo("observed 3.6 MB/h, limit < 3 MB/h on host/api");
    }

    @Test
    void aLimitFromBelowIsTheOtherWayRound() {
        var shrinks = new Case(60, "cache_hits slope > -1/h")
                .reading("", "cache_hits", 0, 60, at -> 1000.0 - at)
                .answer();
        assertThat(shrinks.finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(shrinks.finding().observed().orElseThrow()).isCloseTo(-3600, within(0.001));
        var grows = new Case(60, "cache_hits slope > -1/h")
                .reading("", "cache_hits", 0, 60, at -> 1000.0 + at)
                .answer();
        assertThat(grows.finding().verdict()).isEqualTo(Verdict.PASS);
    }

    /// The heap of a service goes up and down between collections by 100 MB; it leaks 8 MB an hour under that.
    @Test
    void aLeakIsFoundInASawtooth() {
        var random = new SplittableRandom(3);
        var leaks = new Case(4 * 3600, "heap_bytes slope < 5MB/h")
                .reading(
                        "api",
                        "heap_bytes",
                        0,
                        4 * 3600,
                        at -> 200 * MB + at / 3600.0 * 8 * MB + at % 97 / 97.0 * 100 * MB + random.nextDouble() * MB);
        assertThat(leaks.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(leaks.answer().interval().orElseThrow().low()).isGreaterThan(5 * MB);

        var holds = new Case(4 * 3600, "heap_bytes slope < 5MB/h")
                .reading(
                        "api",
                        "heap_bytes",
                        0,
                        4 * 3600,
                        at -> 200 * MB + at % 97 / 97.0 * 100 * MB + random.nextDouble() * MB);
        assertThat(holds.answer().finding().verdict()).isEqualTo(Verdict.PASS);
    }

    /// Load comes and goes in waves of half an hour: an hour and a quarter of it ends higher than it began.
    @Test
    void aSlowWaveIsNoTrend() {
        var wave = new Case(4500, "memory_bytes slope < 5MB/h")
                .reading(
                        "api",
                        "memory_bytes",
                        0,
                        4500,
                        at -> 500 * MB + 50 * MB * Math.sin(2 * Math.PI * (at - 10) / 1800));
        var answer = wave.answer();

        assertThat(answer.finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        var slope = answer.interval().orElseThrow();
        assertThat(slope.low()).isNegative();
        assertThat(slope.high()).isPositive();
        assertThat(answer.finding().reason()).contains("it lies between");
    }

    @Test
    void aStatisticStandsForEachStep() {
        // 2,000 s are more than 1,000 windows: steps of 2 s
        var greatest = new Case(2000, "threads max slope <= 1800/h on any")
                .reading("", "threads", 0, 2000, at -> at % 2 == 0 ? 1000 - at / 100.0 : at / 2.0)
                .answer();
        assertThat(greatest.finding().samples()).isEqualTo(995);
        var least = new Case(2000, "threads min slope <= 0/h on any")
                .reading("", "threads", 0, 2000, at -> at % 2 == 0 ? 1 : 100.0 + at)
                .answer();
        assertThat(least.interval()).contains(new Interval(0, 0, 0));
        assertThat(least.finding().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void fewerThanTenPointsProveNothing() {
        var few = new Case(19, "heap_bytes slope < 5MB/h").reading("api", "heap_bytes", 0, 19, at -> at * MB);
        assertThat(few.answer().finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(few.answer().finding().reason())
                .isEqualTo("too few points on host/api: 9 steps of time have samples, where 10 are needed");
        assertThat(new Case(60, "heap_bytes slope < 5MB/h").answer().finding().reason())
                .isEqualTo("no sample has the reading `heap_bytes`");
        assertThat(new Case(60, "p95 slope < 5ms/h").answer().finding().reason())
                .isEqualTo("too few points: 0 steps of time have samples, where 10 are needed");
    }

    @Test
    void generatorsThatAreLateConvictNoService() {
        var slower = new Case(60, "p95 slope < 5ms/h").points(50, i -> 0.1 + i * 0.001);
        assertThat(slower.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(slower.answer().finding().observed().orElseThrow()).isCloseTo(3.6, within(1e-9));
        assertThat(slower.answer(0, true).finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        var failing = new Case(60, "errors slope < 1%/h").points(50, i -> i * 0.001);
        assertThat(failing.answer(0, true).finding().verdict()).isEqualTo(Verdict.FAIL);
    }
}
