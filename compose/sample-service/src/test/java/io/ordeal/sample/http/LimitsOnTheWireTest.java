package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Latency, errors, queue, rate limit and counts, on real sockets.
final class LimitsOnTheWireTest {

    @Test
    void anOverfullQueueRefusesWithRetryAfterAndTheRestIsServed() throws Exception {
        try (TestService service =
                TestService.start("{\"operations\":{\"items-get\":{\"latency\":200,\"concurrency\":2,\"queue\":3}}}")) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(service.sendAsync("GET", "/items/1", ""));
            }
            List<Integer> statuses = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                HttpResponse<String> response = answer.get();
                statuses.add(response.statusCode());
                assertThat(response.headers().firstValue("Retry-After").isPresent())
                        .isEqualTo(response.statusCode() == 503);
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 200, 200, 503, 503, 503);
        }
    }

    @Test
    void aLongQueueOfImmediateAnswersDrainsAtOnce() throws Exception {
        try (TestService service = TestService.start("{\"default\":{\"latency\":300,\"concurrency\":1}}")) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(service.sendAsync("GET", "/items/1", ""));
            }
            await().until(() -> service.totals().getLong("received") == 200);
            service.adopt("{\"default\":{\"latency\":0}}");
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            assertThat(service.totals())
                    .isEqualTo(new JsonObject(
                            "{\"received\":200,\"answered\":200,\"abandoned\":0,\"inFlight\":0,\"lost\":0}"));
        }
    }

    @Test
    void theRateLimitIsPerUserAndSaysWhenToRetry() throws Exception {
        try (TestService service = TestService.start("{\"rateLimit\":{\"perMinute\":6,\"burst\":2}}")) {
            HttpResponse<String> first = service.get("/items/1", "X-User", "ann");
            assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("6");
            assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("1");
            assertThat(service.get("/items/1", "X-User", "ann").statusCode()).isEqualTo(200);
            HttpResponse<String> third = service.get("/items/1", "X-User", "ann");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 10L);
            assertThat(service.get("/items/1", "X-User", "bob").statusCode()).isEqualTo(200);
            assertThat(service.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theSameSeedFailsTheSameRequests() throws Exception {
        String half = "{\"seed\":7,\"default\":{\"errorRate\":0.5,\"errorStatus\":502}}";
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (TestService service = TestService.start(half)) {
                List<Integer> statuses = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    statuses.add(service.get("/items/1").statusCode());
                    service.get("/search?q=other");
                }
                runs.add(statuses);
            }
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast()).contains(200, 502).doesNotContain(500);
    }

    @Test
    void countsToTheRequestWhateverTheAnswer() throws Exception {
        try (TestService service = TestService.start("{}")) {
            service.get("/items/1");
            service.get("/items/none");
            service.get("/nowhere");
            service.post("/payments", "not json");
            service.post("/orders", "x".repeat(2000));
            service.get("/health");
            service.get("/metrics");
            JsonObject counts = TestService.json(service.get("/admin/counts"));
            assertThat(counts.getJsonObject("total").getLong("received")).isEqualTo(5);
            assertThat(counts.getJsonObject("total").getLong("answered")).isEqualTo(5);
            JsonObject operations = counts.getJsonObject("operations");
            assertThat(statuses(operations, "items-get")).isEqualTo(new JsonObject("{\"200\":1,\"404\":1}"));
            assertThat(statuses(operations, "unknown")).isEqualTo(new JsonObject("{\"404\":1}"));
            assertThat(statuses(operations, "payments-create")).isEqualTo(new JsonObject("{\"400\":1}"));
            assertThat(statuses(operations, "orders-create")).isEqualTo(new JsonObject("{\"413\":1}"));
            assertThat(statuses(counts.getJsonObject("housekeeping"), "health"))
                    .isEqualTo(new JsonObject("{\"200\":1}"));
            assertThat(service.get("/metrics").body())
                    .contains("sample_requests_received_total{operation=\"items-get\"} 2.0")
                    .contains("sample_requests_total{operation=\"items-get\",status=\"404\"} 1.0")
                    .contains("sample_request_duration_seconds_count{operation=\"items-get\"} 2")
                    .contains("sample_queue_depth{operation=\"query\"} 0.0")
                    .contains("process_cpu_seconds_total");
        }
    }

    @Test
    void aClientThatGoesAwayIsCountedAsAbandoned() throws Exception {
        try (TestService service = TestService.start("{\"default\":{\"latency\":1000}}")) {
            send(service, "GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            send(service, "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
            await().untilAsserted(() -> assertThat(service.totals())
                    .isEqualTo(new JsonObject(
                            "{\"received\":2,\"answered\":0,\"abandoned\":2,\"inFlight\":0,\"lost\":0}")));
        }
    }

    /// Sends a request and hangs up once it has been received.
    private static void send(TestService service, String request) throws IOException, InterruptedException {
        long before = service.totals().getLong("received");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), service.uri("http", "/").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> service.totals().getLong("received") > before);
        }
    }

    private static JsonObject statuses(JsonObject operations, String operation) {
        return operations.getJsonObject(operation).getJsonObject("statuses");
    }
}
