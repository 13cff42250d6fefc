package io.ordeal.aggregator.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.results.Verdict;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    @Test
    void aPercentileOfAThousandEvenlySpacedValuesIsTheOneAtItsRank() {
        var tally = tally(1_000, i -> (i + 1) * 1_000); // 1 ms .. 1 s

        var finding = judge("p95 < 960ms", tally);

        assertThat(finding.observed().orElseThrow()).isBetween(0.950, 0.951);
        assertThat(finding.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("p99.9 < 2s", tally(20_000, i -> i < 19_980 ? 1_000 : 1_500_000))
                        .observed()
                        .orElseThrow())
                .isLessThan(0.0011);
        assertThat(judge("p50 < 1s", tally).observed().orElseThrow()).isBetween(0.500, 0.501);
    }

    @Test
    void aPercentileBeyondItsLimitFails() {
        var finding = judge("p95 < 940ms", tally(1_000, i -> (i + 1) * 1_000));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.reason()).isEqualTo("observed 950.3 ms, limit < 940 ms");
    }

    @Test
    void aRankIsInPercentAndNotAPart() {
        var tally = tally(1_000, i -> i < 990 ? 1_000 : 5_000_000);

        assertThat(judge("p95 < 1s", tally).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("p99.5 < 1s", tally(4_000, i -> i < 3_900 ? 1_000 : 5_000_000))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void nothingIsNoProof() {
        for (var objective : new String[] {"p95 < 1s", "mean < 1s", "max < 1s", "errors < 1%", "availability > 99%"}) {
            assertThat(judge(objective, new Tally()).verdict()).as(objective).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void silenceWhileRequestsWereDueIsABreach() {
        var evidence = new Evidence(new Tally(), 0, 0, 1, true, false);

        assertThat(Judge.ofWindow(ObjectiveParser.parse("p95 < 1s"), evidence).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Judge.holds(ObjectiveParser.parse("errors < 1%"), evidence)).contains(false);
    }

    @Test
    void aPercentileNeedsTenRequestsBeyondIt() {
        assertThat(judge("p99 < 1s", tally(50, _ -> 1_000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("p99 < 1s", tally(50, _ -> 1_000)).reason())
                .isEqualTo("too few samples: 50 requests, where 1,000 are needed");
        assertThat(judge("p99 < 1s", tally(999, _ -> 1_000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("p99 < 1s", tally(1_000, _ -> 1_000)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("p95 < 1s", tally(200, _ -> 1_000)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("p99 < 500us", tally(50, _ -> 1_000)).verdict())
                .as("fifty beyond the limit are enough to fail")
                .isEqualTo(Verdict.FAIL);
        assertThat(Judge.ofWindow(ObjectiveParser.parse("p99 < 1s"), evidence(tally(50, _ -> 1_000), 0, 0))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aRatioNeedsAsManyRequestsAsItCanTellApart() {
        assertThat(judge("errors < 1%", tally(99, _ -> 1_000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge("errors < 1%", tally(100, _ -> 1_000)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(judge("availability > 99.9%", tally(999, _ -> 1_000)).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void whatIsMissingCountsAgainstBothSides() {
        var objective = ObjectiveParser.parse("p95 < 1s");
        var good = tally(1_000, i -> i < 960 ? 1_000 : 2_000_000); // 40 of 1,000 beyond: 10 more may be

        assertThat(Judge.ofRun(objective, evidence(good, 0, 10)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Judge.ofRun(objective, evidence(good, 0, 20)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        var bad = tally(1_000, i -> i < 900 ? 1_000 : 2_000_000);
        assertThat(Judge.ofRun(objective, evidence(bad, 0, 100)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Judge.ofRun(objective, evidence(bad, 0, 5_000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aDroppedRequestIsUnavailableButNoError() {
        var tally = tally(900, _ -> 1_000);

        assertThat(Judge.ofRun(ObjectiveParser.parse("availability > 95%"), evidence(tally, 100, 0)))
                .satisfies(finding -> {
                    assertThat(finding.observed()).contains(0.9);
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                });
        assertThat(Judge.ofRun(ObjectiveParser.parse("errors < 1%"), evidence(tally, 100, 0))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void throughputCountsWhatEndedWellPerSecond() {
        var finding = Judge.ofRun(
                ObjectiveParser.parse("throughput > 90/s"),
                new Evidence(tally(1_000, _ -> 1_000), 0, 0, 10, false, false));

        assertThat(finding.observed()).contains(100.0);
        assertThat(finding.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aLateGeneratorCannotConvictTheService() {
        var slow = new Evidence(tally(1_000, _ -> 2_000_000), 0, 0, 1, false, true);

        assertThat(Judge.ofRun(ObjectiveParser.parse("p95 < 1s"), slow).verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judge.ofRun(ObjectiveParser.parse("service p95 < 1s"), slow).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void meanAndMaximumAreExactBeyondTheHistogramsRange() {
        var tally = tally(10, i -> i == 0 ? 4_000_000_000L : 0);

        assertThat(judge("mean < 1h", tally).observed()).contains(400.0);
        assertThat(judge("max < 1h", tally).observed()).contains(4_000.0);
        assertThat(judge("max < 1h", tally).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void withinAgreesWithThePercentile() {
        var tally = tally(1_000, i -> i * 997);
        var latency = tally.distribution(Measure.Latency.RESPONSE);

        for (long limit = 1; limit < 1_100_000; limit += 773) {
            long within = latency.within(Comparison.LESS, (double) limit);
            for (double rank : new double[] {1, 50, 90, 95, 99, 99.9}) {
                assertThat(latency.percentile(rank) < limit)
                        .as("p%s < %s", rank, limit)
                        .isEqualTo(within >= Math.ceil(rank * 10 - 1e-9));
            }
        }
    }

    private static Finding judge(String objective, Tally tally) {
        return Judge.ofRun(ObjectiveParser.parse(objective), evidence(tally, 0, 0));
    }

    private static Evidence evidence(Tally tally, long unmet, long unknown) {
        return new Evidence(tally, unmet, unknown, 1, false, false);
    }

    static Tally tally(int count, LongUnaryOperator response) {
        var tally = new Tally();
        for (int i = 0; i < count; i++) {
            tally.record(request(response.applyAsLong(i), Outcome.OK));
        }
        return tally;
    }

    static RequestTiming request(long response, Outcome outcome) {
        return new RequestTiming(
                0,
                0,
                0,
                0,
                0,
                0,
                1_700_000_000_000_000L,
                response,
                0,
                0,
                0,
                0,
                0,
                outcome,
                200,
                0,
                0,
                Optional.empty());
    }
}
