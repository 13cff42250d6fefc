package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ordeal.campaign.plan.Plan;
import io.ordeal.campaign.run.CampaignRunner;
import io.ordeal.campaign.run.Observations;
import io.ordeal.campaign.run.RunId;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WindowSummary;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Runs on the real stack.
class RunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void countsToTheRequestWhatTheServiceCounts() throws Exception {
        long before = received();
        var run = run("""
            name: exact-count
            target: sample-service
            scenarios:
              read: {weight: 3, steps: [{get: /items/7, check: {status: 200}}]}
              pay: {weight: 1, think: 1ms..5ms, steps: [{post: /payments, body: {amount: 500, currency: EUR}}]}
            phases:
              - {name: ramp, users: 0 -> 20, over: 2s, judged: false}
              - {name: users, users: 20, for: 2s}
              - {name: open, rate: 300/s, for: 3s}
            objectives:
              - errors < 1%
              - p99 < 5s
            """);
        var verdict = run.verdict().orElseThrow();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
        var ledger = verdict.ledger();
        assertThat(ledger.closed()).isTrue();
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.duplicates()).isZero();
        assertThat(ledger.aggregated()).isEqualTo(ledger.sent()).isEqualTo(received() - before);
        assertThat(total(run)).isEqualTo(ledger.completed());
        assertThat(verdict.requests()).extracting(RequestSummary::request).hasSize(2);
    }

    @Test
    void judgesAFaultByWhatItDid() throws Exception {
        var run = run("""
            name: slow-network
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7, timeout: 3s}]}
            phases:
              - {name: steady, rate: 100/s, for: 12s}
            faults:
              - {id: F1, latency: 400ms, on: sample-service, at: 3s, for: 3s}
            objectives:
              - p95 < 200ms outside faults
              - p50 < 200ms during F1
              - recovery < 5s
            """);
        var verdict = run.verdict().orElseThrow();
        assertThat(verdict.verdict()).as("%s", verdict).isEqualTo(Verdict.FAIL);
        assertThat(verdict(verdict, "p95 < 200ms outside faults")).isEqualTo(Verdict.PASS);
        assertThat(verdict(verdict, "p50 < 200ms during F1")).isEqualTo(Verdict.FAIL);
        assertThat(verdict(verdict, "recovery < 5s")).isEqualTo(Verdict.PASS);
        assertThat(verdict.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.confirmed()).isTrue();
            assertThat(fault.timeToBreach()).isPresent();
            assertThat(fault.timeToRecover()).isPresent();
            assertThat(fault.p95Worst().orElseThrow()).isGreaterThan(350_000);
        });
    }

    @Test
    void isNotDeceivedByAKill() throws Exception {
        var run = run("""
            name: crash
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7, timeout: 1s}]}
            phases:
              - {name: steady, rate: 100/s, for: 12s}
            faults:
              - {id: crash, kind: kill, on: sample-service, at: 3s, for: 1s}
            objectives:
              - errors < 1% outside faults
              - availability > 99.9%
            """);
        var verdict = run.verdict().orElseThrow();
        assertThat(verdict.verdict()).as("%s", verdict).isEqualTo(Verdict.FAIL);
        assertThat(verdict(verdict, "errors < 1% outside faults")).isEqualTo(Verdict.PASS);
        assertThat(verdict(verdict, "availability > 99.9%")).isEqualTo(Verdict.FAIL);
        assertThat(verdict.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.confirmed()).isTrue());
        assertThat(verdict.ledger().closed()).as("%s", verdict.ledger()).isTrue();
    }

    @Test
    void endsFaultsFirstWhenAGuardBreaks() throws Exception {
        var plan = Campaigns.plan("""
            name: guarded
            target: sample-service
            scenarios:
              read: {steps: [{get: /items/7, timeout: 1s}]}
            phases:
              - {name: steady, rate: 50/s, for: 60s}
            faults:
              - {id: cut, kind: reset, on: sample-service, at: 1s, for: 50s}
            objectives:
              - p95 < 1s
            guards:
              - errors < 50% for 2s
            """);
        var id = RunId.next(new SecureRandom());
        try (var runner = runner(plan, id)) {
            var end = runner.run();
            assertThat(end.reason()).isEqualTo(FinishReason.GUARD);
            assertThat(end.troubles()).isEmpty();
            assertThat(runner.observations().inForce()).isEmpty();
            var events = runner.observations().events().stream()
                    .map(event -> event.event().getClass().getSimpleName())
                    .toList();
            assertThat(events.indexOf("FaultReverted"))
                    .as("%s", events)
                    .isPositive()
                    .isLessThan(events.indexOf("SegmentFinished"));
            assertThat(runner.observations().verdict().orElseThrow().verdict()).isNotEqualTo(Verdict.PASS);
        }
    }

    static Observations run(String document) throws Exception {
        var plan = Campaigns.plan(document);
        try (var runner = runner(plan, RunId.next(new SecureRandom()))) {
            var end = runner.run();
            assertThat(end.troubles()).isEmpty();
            assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
            return runner.observations();
        }
    }

    private static CampaignRunner runner(Plan plan, String id) {
        var address = SharedStack.stack().proxy(SharedStack.TARGET);
        return new CampaignRunner(
                plan, id, address, address.resolve("/health"), SharedStack.cluster(), Clock.systemUTC());
    }

    private static Verdict verdict(RunVerdict run, String expression) {
        return run.objectives().stream()
                .filter(objective -> objective.expression().equals(expression))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /// Everything that ended, by the windows alone.
    private static long total(Observations run) {
        return run.windows().stream()
                .filter(row -> row.request().equals("*"))
                .map(WindowSummary::counts)
                .mapToLong(counts -> counts.ok()
                        + counts.invalid()
                        + counts.httpError()
                        + counts.timeout()
                        + counts.connectError()
                        + counts.reset()
                        + counts.aborted())
                .sum();
    }

    /// What the service has received so far, by its own count.
    private static long received() throws Exception {
        var address = SharedStack.stack().sampleService().orElseThrow();
        var counts = JSON.readTree(get(address.resolve("/admin/counts")));
        return Optional.ofNullable(counts.path("total"))
                .map(total -> total.path("received"))
                .map(JsonNode::asLong)
                .orElseThrow();
    }

    private static String get(URI address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
