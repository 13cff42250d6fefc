package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.schemas.results.RunVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus scrapes a quickstart run: every query of every dashboard has data, and the numbers are those of
/// the verdict.
class DashboardsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void everyQueryHasDataDuringAQuickstartRun() throws Exception {
        var begun = Instant.now();
        try (var prometheus = Prometheus.start(folder, SharedStack.stack().metrics())) {
            var seen = RunIT.run(Catalogue.entry("quickstart").orElseThrow().text());
            var verdict = seen.verdict().orElseThrow();
            var run = seen.windows().getFirst().run();
            await().atMost(PATIENCE)
                    .until(() -> prometheus
                            .value("ordeal_run_verdict{run=\"" + run + "\"}")
                            .isPresent());

            assertThat(withoutData(prometheus, run, begun)).isEmpty();
            assertThat(prometheus.api("rules", Map.of()).findValues("health"))
                    .as("Prometheus %s", prometheus.version())
                    .isNotEmpty()
                    .allMatch(health -> health.asText().equals("ok"));
            agree(prometheus, run, verdict);
        }
        assertThat(Dashboards.sources()).isEmpty();
    }

    private static List<String> withoutData(Prometheus prometheus, String run, Instant begun) throws Exception {
        long range = Duration.between(begun, Instant.now()).toSeconds();
        var missing = new ArrayList<String>();
        for (var query : Dashboards.queries()) {
            var answer = prometheus.api(
                    "query_range",
                    Map.of(
                            "query", query.filledIn(run, range),
                            "start", begun.toString(),
                            "end", Instant.now().toString(),
                            "step", "1s"));
            if (!hasData(answer.path("data").path("result")) && !Dashboards.mayBeEmpty(query)) {
                missing.add(query.toString());
            }
        }
        return missing;
    }

    /// A point that is no number is none.
    private static boolean hasData(JsonNode result) {
        for (var series : result) {
            for (var point : series.path("values")) {
                if (!point.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
            if (!series.path("histograms").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void agree(Prometheus prometheus, String run, RunVerdict verdict) {
        var own = "{run=\"" + run + "\"}";
        var ledger = verdict.ledger();
        assertThat(ledger.closed()).isTrue();
        assertThat(prometheus.value("sum(ordeal_requests_total" + own + ")"))
                .isEqualTo(Optional.of((double) ledger.completed()));
        for (var stage : Map.of(
                        "scheduled", ledger.scheduled(),
                        "dropped", ledger.dropped(),
                        "sent", ledger.sent(),
                        "completed", ledger.completed(),
                        "aggregated", ledger.aggregated(),
                        "lost", ledger.lost())
                .entrySet()) {
            assertThat(prometheus.value(
                            "ordeal_ledger_requests_total{run=\"%s\", stage=\"%s\"}".formatted(run, stage.getKey())))
                    .as(stage.getKey())
                    .isEqualTo(Optional.of((double) stage.getValue()));
        }
        assertThat(verdict.requests()).isNotEmpty().allSatisfy(request -> {
            var labels = "{run=\"%s\", phase=\"steady\", scenario=\"%s\", request=\"%s\"}"
                    .formatted(run, request.scenario(), request.request());
            var p95 = request.response().orElseThrow().p95() / 1e6;
            assertThat(prometheus
                            .value("histogram_quantile(0.95, ordeal_response_seconds" + labels + ")")
                            .orElseThrow())
                    .isCloseTo(p95, withPercentage(5));
            assertThat(prometheus.value("histogram_count(ordeal_response_seconds" + labels + ")"))
                    .isEqualTo(prometheus.value("sum(ordeal_requests_total" + labels + ")"));
        });
    }
}
