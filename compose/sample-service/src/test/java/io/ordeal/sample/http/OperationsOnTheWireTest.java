package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.sample.store.DocumentFiles;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shop, inference, payments and retrieval on real sockets.
final class OperationsOnTheWireTest {

    @TempDir
    private Path directory;

    @Test
    void theShopListsItemsAndTakesOrders() throws Exception {
        try (TestService service = TestService.start("{}")) {
            assertThat(TestService.json(service.get("/items")).getJsonArray("items"))
                    .hasSize(20);
            assertThat(TestService.json(service.get("/items/7")).getString("name"))
                    .isEqualTo("item 7");
            assertThat(service.get("/items/10001").statusCode()).isEqualTo(404);
            assertThat(service.post("/orders", "{\"sku\":\"a\"}").statusCode()).isEqualTo(201);
            assertThat(service.post("/orders", "{}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void inferenceAnswersWholeOrTokenByToken() throws Exception {
        try (TestService service = TestService.start("{\"inference\":{\"tokens\":5,\"tokensPerSecond\":200}}")) {
            JsonObject whole = TestService.json(service.post("/v1/inference", "{\"prompt\":\"hi\"}"));
            assertThat(whole.getInteger("tokens")).isEqualTo(5);
            assertThat(whole.getDouble("tokensPerSecond")).isBetween(1.0, 201.0);
            HttpResponse<String> stream = service.post("/v1/inference", "{\"stream\":true,\"tokens\":40}");
            assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(stream.body().lines().filter(it -> it.startsWith("data: {\"index\":")))
                    .hasSize(40);
            assertThat(stream.body()).endsWith("data: [DONE]\n\n");
            assertThat(service.post("/v1/inference", "{\"tokens\":0}").statusCode())
                    .isEqualTo(400);
            assertThat(service.post("/v1/inference", "[]").statusCode()).isEqualTo(400);
            assertThat(service.get("/metrics").body()).contains("sample_tokens_total 45.0");
        }
    }

    @Test
    void aPaymentIsMadeOncePerKeyAndRefundedOnce() throws Exception {
        try (TestService service = TestService.start("{}")) {
            String order = "{\"amount\":500,\"currency\":\"EUR\"}";
            HttpResponse<String> first = service.post("/payments", order, "Idempotency-Key", "k");
            HttpResponse<String> again = service.post("/payments", order, "Idempotency-Key", "k");
            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body());
            String other = order.replace("500", "600");
            assertThat(service.post("/payments", other, "Idempotency-Key", "k").statusCode())
                    .isEqualTo(422);
            assertThat(service.post("/payments", order.replace("500", "1.5")).statusCode())
                    .isEqualTo(400);
            String path = "/payments/" + TestService.json(first).getString("id");
            assertThat(service.post(path + "/refund", "").statusCode()).isEqualTo(200);
            assertThat(service.post(path + "/refund", "").statusCode()).isEqualTo(409);
            assertThat(TestService.json(service.get(path)).getString("status")).isEqualTo("refunded");
        }
    }

    @Test
    void anUploadBecomesSearchableAndOutlivesTheService() throws Exception {
        String json = "Content-Type";
        try (TestService service = TestService.start(
                "{\"documents\":{\"indexingDelayMs\":50}}",
                Optional.of(new DocumentFiles(directory)),
                Optional.empty())) {
            HttpResponse<String> upload =
                    service.post("/documents", "{\"title\":\"t\",\"text\":\"Slow Snail\"}", json, "application/json");
            assertThat(upload.statusCode()).isEqualTo(201);
            await().until(() -> service.get("/search?q=snail").body().contains("Slow Snail"));
            assertThat(TestService.json(service.get("/documents/1")).getBoolean("indexed"))
                    .isTrue();
        }
        try (TestService service =
                TestService.start("{}", Optional.of(new DocumentFiles(directory)), Optional.empty())) {
            assertThat(service.get("/search?q=slow%20snail").body()).contains("\"title\":\"t\"");
            assertThat(TestService.json(service.post("/documents", "next")).getInteger("id"))
                    .isEqualTo(2);
            assertThat(service.get("/search?q=%20").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aFullStoreRefusesAnUploadAndKeepsTheOthers() throws Exception {
        try (TestService service = TestService.start(
                "{\"documents\":{\"indexingDelayMs\":0,\"capacityBytes\":10}}",
                Optional.of(new DocumentFiles(directory)),
                Optional.empty())) {
            assertThat(service.post("/documents", "eightchr").statusCode()).isEqualTo(201);
            assertThat(service.post("/documents", "too").statusCode()).isEqualTo(507);
            service.adopt("{\"documents\":{\"capacityBytes\":100,\"minFreeBytes\":9000000000000000000}}");
            assertThat(service.post("/documents", "too").statusCode()).isEqualTo(507);
            service.adopt("{\"documents\":{\"minFreeBytes\":0}}");
            assertThat(service.post("/documents", "too").statusCode()).isEqualTo(201);
            assertThat(service.get("/search?q=eightchr").body()).contains("eightchr");
        }
    }
}
