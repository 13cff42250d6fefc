package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.RunId;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.LoadChanged;
import io.ordeal.schemas.lifecycle.LoadState;
import io.ordeal.schemas.results.RequestSummary;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Load models on the real stack.
class LoadModelsIT {
    @Test
    void makesExactlyTheLoadOfEveryStream() throws Exception {
        var run = RunIT.run("""
            name: streams
            target: sample-service
            scenarios:
              shared:
                steps: [{name: get, get: /items/7}]
              each:
                load: {users: 3 at once, iterations: 7 each, for: 2s}
                steps: [{name: get, get: /items/7}]
              late:
                load: [{arrivals: 41, poisson: true, for: 1s}, {arrivals: 23 at once, for: 1s}]
                start: 1s
                steps: [{name: get, get: /items/7}]
            phases:
              - {name: only, users: 5, iterations: 101 shared, for: 2s}
            objectives:
              - errors < 1%
            """);
        var verdict = run.verdict().orElseThrow();

        assertThat(verdict.requests().stream()
                        .collect(Collectors.toMap(
                                RequestSummary::scenario,
                                request -> request.counts().ok())))
                .isEqualTo(Map.of("shared", 101L, "each", 21L, "late", 64L));
        assertThat(verdict.ledger().closed()).as("%s", verdict.ledger()).isTrue();
    }

    @Test
    void goesBackToTheLastLevelThatHeld() throws Exception {
        var plan = Campaigns.plan("""
            name: climb
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7}]}
            phases:
              - {name: warm-up, rate: 20/s, for: 2s, judged: false}
              - {name: climb, rate: 10/s -> 60/s, step: 10/s, every: 2s, until: p50 > 700ms, for: 12s}
            faults:
              - {id: slow, latency: 900ms, on: sample-service, at: climb + 4s, for: 3s}
            objectives:
              - errors < 50%
            """);
        var address = SharedStack.stack().proxy(SharedStack.TARGET);
        try (var runner = new CampaignRunner(
                plan,
                RunId.next(new SecureRandom()),
                address,
                address.resolve("/health"),
                SharedStack.cluster(),
                Clock.systemUTC())) {
            var end = runner.run();

            var point = runner.breakingPoint().orElseThrow();
            assertThat(point.level()).isBetween(30.0, 40.0);
            assertThat(point.lastGood()).contains(point.level() - 10);
            assertThat(end.detail())
                    .contains("the last level that held is "
                            + point.lastGood().orElseThrow().longValue());
            assertThat(runner.observations().events().stream()
                            .map(LifecycleEvent::event)
                            .filter(LoadChanged.class::isInstance)
                            .map(LoadChanged.class::cast)
                            .filter(change -> change.state() == LoadState.ADJUSTED)
                            .map(LoadChanged::detail))
                    .contains("rate " + point.lastGood().orElseThrow().longValue() + "/s");
        }
    }
}
