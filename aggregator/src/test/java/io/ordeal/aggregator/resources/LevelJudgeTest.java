package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelJudgeTest {
    @Test
    void aReadingWithoutAStatisticIsNeverBeyondItsLimit() {
        var holds = new Case(60, "cpu < 80%").reading("", "cpu", 0, 60, at -> at < 10 ? 0.99 : at / 100.0);
        assertThat(holds.answer().finding().verdict()).isEqualTo(Verdict.PASS);
        assertThat(holds.answer().finding().observed()).contains(0.59);
        assertThat(holds.answer().finding().samples()).isEqualTo(50);

        var fails = new Case(60, "cpu < 80%").reading("", "cpu", 0, 60, at -> at == 30 ? 0.8 : 0.1);
        assertThat(fails.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(fails.answer().finding().reason()).isEqualTo("observed 80 %, limit < 80 % on host/");
    }

    @Test
    void percentilesAreTheNearestRank() {
        var rising = new Case(30, "cpu p95 < 90% on any").reading("", "cpu", 10, 30, at -> (at - 9) / 20.0);
        assertThat(rising.answer().finding().observed()).contains(0.95);

        var mean = new Case(30, "cpu mean <= 52.5% on any").reading("", "cpu", 10, 30, at -> (at - 9) / 20.0);
        assertThat(mean.answer().finding().observed()).contains(0.525);
        assertThat(mean.answer().finding().verdict()).isEqualTo(Verdict.PASS);

        var least = new Case(30, "cache_hits > 5%").reading("", "cache_hits", 10, 30, at -> (at - 9) / 20.0);
        assertThat(least.answer().finding().observed()).contains(0.05);
        assertThat(least.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void eachSourceIsJudgedByItselfAndTheWorstDecides() {
        var worst = new Case(60, "threads < 100")
                .reading("a", "threads", 0, 60, _ -> 50)
                .reading("b", "threads", 0, 60, _ -> 120)
                .reading("c", "threads", 0, 60, _ -> 110);
        assertThat(worst.answer().finding().observed()).contains(120.0);
        assertThat(worst.answer().finding().reason()).contains("host/b");

        var one = new Case(60, "threads < 100 on a")
                .reading("a", "threads", 0, 60, _ -> 50)
                .reading("b", "threads", 0, 60, _ -> 120);
        assertThat(one.answer().finding().verdict()).isEqualTo(Verdict.PASS);

        var host = new Case(60, "threads < 100 on host")
                .reading("", "threads", 0, 60, _ -> 70)
                .reading("b", "threads", 0, 60, _ -> 120);
        assertThat(host.answer().finding().observed()).contains(70.0);
    }

    @Test
    void tooFewSamplesOnlyProveWhatOneProves() {
        var few = new Case(19, "cpu < 80%").reading("", "cpu", 0, 19, _ -> 0.1);
        assertThat(few.answer().finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(few.answer().finding().reason()).contains("too few samples of host/: 9, where 10 are needed");

        var beyond = new Case(19, "cpu < 80%").reading("", "cpu", 0, 19, at -> at == 15 ? 0.9 : 0.1);
        assertThat(beyond.answer().finding().verdict()).isEqualTo(Verdict.FAIL);

        var mean = new Case(19, "cpu mean < 80% on any").reading("", "cpu", 0, 19, _ -> 0.9);
        assertThat(mean.answer().finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void withoutSamplesNothingIsProven() {
        assertThat(new Case(60, "cpu < 80%").answer().finding().reason()).isEqualTo("no sample has the reading `cpu`");
        var elsewhere = new Case(60, "cpu < 80% on api").reading("", "cpu", 0, 60, _ -> 0.1);
        assertThat(elsewhere.answer().finding().reason()).isEqualTo("no sample has the reading `cpu` on api");
        var before = new Case(60, "cpu < 80%").reading("", "cpu", 0, 10, _ -> 0.1);
        assertThat(before.answer().finding().reason()).isEqualTo("no sample of host/ is in scope");
        assertThat(before.answer().finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aSampleIsDuringAFaultFromItsActToItsEndBothIncluded() {
        var during = new Case(60, "cpu max < 80% during f on any")
                .fault("f", 20, 30)
                .reading("", "cpu", 0, 60, at -> at >= 20 && at <= 30 ? 0.5 : 0.9);
        assertThat(during.answer().finding().samples()).isEqualTo(11);
        assertThat(during.answer().finding().verdict()).isEqualTo(Verdict.PASS);

        var outside = new Case(60, "cpu max < 80% outside faults on any")
                .fault("f", 20, 30)
                .reading("", "cpu", 0, 60, at -> at >= 20 && at <= 30 ? 0.9 : 0.5);
        assertThat(outside.answer().finding().samples()).isEqualTo(39);
        assertThat(outside.answer().finding().verdict()).isEqualTo(Verdict.PASS);

        var after = new Case(60, "cpu max < 80% after f on any")
                .fault("f", 20, 30)
                .reading("", "cpu", 0, 60, at -> at <= 30 ? 0.9 : 0.5);
        assertThat(after.answer().finding().samples()).isEqualTo(29);
        assertThat(after.answer().finding().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void perWindowTheWorstWindowsAreTold() {
        var windows = new Case(60, "cpu mean < 50% per window on any")
                .reading("", "cpu", 0, 60, at -> at >= 40 && at < 47 ? at / 50.0 : 0.1)
                .reading("api", "cpu", 0, 30, at -> at == 20 ? 0.7 : 0.1);
        var answer = windows.answer();

        assertThat(answer.windows()).isEqualTo(50);
        assertThat(answer.failed()).isEqualTo(8);
        assertThat(answer.finding().samples()).isEqualTo(70);
        assertThat(answer.finding().observed()).contains(0.92);
        assertThat(answer.finding().reason()).isEqualTo("it did not hold in 8 of 50 windows");
        assertThat(answer.worst())
                .isEqualTo(List.of(
                        new WorstWindow(Micros.instant(Case.micros(46)), 0.92),
                        new WorstWindow(Micros.instant(Case.micros(45)), 0.9),
                        new WorstWindow(Micros.instant(Case.micros(44)), 0.88),
                        new WorstWindow(Micros.instant(Case.micros(43)), 0.86),
                        new WorstWindow(Micros.instant(Case.micros(42)), 0.84)));
    }
}
