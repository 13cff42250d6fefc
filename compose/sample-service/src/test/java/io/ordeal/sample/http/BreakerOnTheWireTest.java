package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The circuit breaker between the service and its model, over a real socket.
final class BreakerOnTheWireTest {

    private static final String QUICK =
            "{\"breaker\":{\"window\":4,\"minimumCalls\":4,\"openMs\":100,\"trialCalls\":1},\"model\":{\"timeoutMs\":100}}";

    private static final Duration POLL = Duration.ofMillis(5);

    @Test
    void fallsBackWhileTheModelFailsAndRecoversWithIt() throws Exception {
        try (TestService service = TestService.start(QUICK)) {
            assertThat(query(service).getBoolean("fallback")).isFalse();
            service.adopt("{\"model\":{\"errorRate\":1},\"breaker\":{\"openMs\":600000}}");
            assertThat(query(service).getString("reason")).isEqualTo("error");
            await().until(() -> query(service).getString("reason").equals("open"));
            assertThat(service.get("/metrics").body()).contains("sample_breaker_state{state=\"open\"} 1.0");
        }
    }

    @Test
    void closesAgainOnceTheModelIsWell() throws Exception {
        try (TestService service = TestService.start(QUICK)) {
            service.adopt("{\"model\":{\"errorRate\":1}}");
            await().pollInterval(POLL).until(() -> "open".equals(query(service).getString("reason")));
            service.adopt("{\"model\":{\"errorRate\":0}}");
            await().until(() -> !query(service).getBoolean("fallback"));
            assertThat(service.get("/metrics").body()).contains("sample_breaker_state{state=\"closed\"} 1.0");
        }
    }

    @Test
    void aSlowModelIsGivenUp() throws Exception {
        try (TestService service = TestService.start(QUICK)) {
            service.adopt("{\"model\":{\"latency\":60000}}");
            HttpResponse<String> answer = service.post("/query", "{\"question\":\"why\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Fallback")).contains("timeout");
        }
    }

    private static JsonObject query(TestService service) throws IOException, InterruptedException {
        return TestService.json(service.post("/query", "{\"question\":\"why\"}"));
    }
}
