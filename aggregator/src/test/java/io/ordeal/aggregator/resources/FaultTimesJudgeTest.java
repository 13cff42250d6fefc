package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTimesJudgeTest {
    private static Case tripping(String objective, long open) {
        return new Case(60, objective)
                .fault("f", 20.5, 30)
                .reading("api", "circuit_open", 0, 60, at -> at >= open && at < 35 ? 1 : 0);
    }

    @Test
    void theTimeToTripIsFromTheActToTheFirstSampleThatSaysSo() {
        var trips = tripping("time_to_trip < 5s", 23);
        assertThat(trips.judged().times("f").toTrip()).contains(Duration.ofMillis(2500));
        assertThat(trips.answer().finding().observed()).contains(2.5);
        assertThat(trips.answer().finding().verdict()).isEqualTo(Verdict.PASS);

        var late = tripping("time_to_trip < 5s", 26);
        assertThat(late.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(late.answer().finding().reason())
                .isEqualTo("f: a circuit breaker was seen open after 5.5 s, limit < 5 s");
    }

    @Test
    void aBreakerThatWasOpenAlreadyTookNoTime() {
        assertThat(tripping("time_to_trip < 5s", 20).judged().times("f").toTrip())
                .contains(Duration.ZERO);
    }

    @Test
    void aFaultThatTripsNothingFailsWhenItLastedLongEnough() {
        var never = tripping("time_to_trip < 5s", 31);
        assertThat(never.judged().times("f").toTrip()).isEmpty();
        assertThat(never.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(tripping("time_to_trip < 10s", 31).answer().finding().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        var unseen = new Case(60, "time_to_trip < 5s").fault("f", 20, 30).reading("api", "circuit_open", 0, 20, _ -> 0);
        assertThat(unseen.answer().finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new Case(60, "time_to_trip < 5s").answer().finding().reason())
                .isEqualTo("there was no such fault");
    }

    @Test
    void theWorstOfSeveralFaultsDecides() {
        var two = tripping("time_to_trip < 5s", 23).fault("g", 40, 50);
        assertThat(two.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(two.answer().finding().reason()).startsWith("g: no circuit breaker");
        assertThat(two.answer().finding().observed()).contains(2.5);
        var one = tripping("time_to_trip < 5s during f", 23).fault("g", 40, 50);
        assertThat(one.answer().finding().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFaultThatWasNotConfirmedProvesNothing() {
        var open = new Case(60, "time_to_trip < 5s", "queue_drain < 5s")
                .happened(
                        20,
                        new LifecycleEvent.FaultApplied(
                                "f",
                                "latency",
                                "api",
                                io.ordeal.aggregator.judge.Micros.instant(Case.micros(20)),
                                Map.of()))
                .reading("api", "circuit_open", 0, 60, _ -> 0)
                .reading("api", "queue_depth", 0, 60, _ -> 0);
        assertThat(open.answer(0, false).finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(open.answer(1, false).finding().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /// A queue with up to 3 before the fault, 90 at its end, and 10 less each second.
    private static Case draining(String objective, long until) {
        return new Case(60, objective)
                .fault("f", 20, 30)
                .reading(
                        "api",
                        "queue_depth",
                        0,
                        until,
                        at -> at < 20 ? at % 4 : at < 30 ? (at - 20) * 10 : Math.max(3, 90 - (at - 30) * 10))
                .reading("worker", "queue_depth", 0, until, at -> at == 31 ? 1 : 0);
    }

    @Test
    void aQueueIsDrainedWhenThreeSamplesInARowAreBack() {
        var drained = draining("queue_drain < 15s", 60);
        assertThat(drained.judged().times("f").toDrain()).contains(Duration.ofSeconds(9));
        assertThat(drained.answer().finding().observed()).contains(9.0);
        assertThat(drained.answer().finding().verdict()).isEqualTo(Verdict.PASS);
        assertThat(draining("queue_drain < 8s", 60).answer().finding().reason())
                .isEqualTo("f: the queues were back after 9 s, limit < 8 s");
    }

    @Test
    void aQueueThatIsNotBackFailsOnceTimeIsUp() {
        var late = draining("queue_drain < 5s", 38);
        assertThat(late.judged().times("f").toDrain()).isEmpty();
        assertThat(late.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(draining("queue_drain < 10s", 38).answer().finding().verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new Case(60, "queue_drain < 10s")
                        .fault("f", 20, 30)
                        .answer()
                        .finding()
                        .reason())
                .isEqualTo("f: no sample has the reading `queue_depth`");
    }

    @Test
    void theBaselineIsTheGreatestInTheThirtyWindowsBefore() {
        var old = new Case(90, "queue_drain < 5s")
                .fault("f", 50, 60)
                .reading("api", "queue_depth", 0, 90, at -> at == 19 ? 100 : at < 50 ? 2 : 50);
        assertThat(old.answer().finding().verdict()).isEqualTo(Verdict.FAIL);
        var recent = new Case(90, "queue_drain < 5s")
                .fault("f", 50, 60)
                .reading("api", "queue_depth", 0, 90, at -> at == 20 ? 100 : at < 50 ? 2 : 50);
        assertThat(recent.answer().finding().observed()).contains(0.0);
    }

    @Test
    void inAPhaseTheQueueDrainsFromItsEnd() {
        var phase =
                new Case(60, "queue_drain < 5s in warm-up").reading("api", "queue_depth", 0, 60, at -> at < 13 ? 7 : 0);
        assertThat(phase.answer().finding().observed()).contains(3.0);
        assertThat(phase.answer().finding().verdict()).isEqualTo(Verdict.PASS);
    }
}
