package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The behaviour document on real sockets.
final class AdminOnTheWireTest {

    @Test
    void patchLaysOverWhatIsInForceAndPutStartsFromTheDefaults() throws Exception {
        try (TestService service = TestService.start("{}")) {
            service.adopt("{\"default\":{\"errorRate\":1}}");
            service.adopt("{\"default\":{\"errorStatus\":418}}");
            assertThat(service.get("/items/1").statusCode()).isEqualTo(418);
            HttpResponse<String> put = service.send("PUT", "/admin/behaviour", "{\"seed\":5}");
            assertThat(TestService.json(put)).isEqualTo(TestService.json(service.get("/admin/behaviour")));
            assertThat(TestService.json(put).getLong("seed")).isEqualTo(5);
            assertThat(service.get("/items/1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aWrongDocumentChangesNothingAndEveryProblemIsNamed() throws Exception {
        try (TestService service = TestService.start("{}")) {
            JsonObject before = TestService.json(service.get("/admin/behaviour"));
            HttpResponse<String> response =
                    service.send("PATCH", "/admin/behaviour", "{\"seed\":9,\"model\":{\"errorRate\":3},\"x\":1}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(TestService.json(response).getJsonArray("problems")).hasSize(2);
            assertThat(TestService.json(service.get("/admin/behaviour"))).isEqualTo(before);
        }
    }

    @Test
    void withATokenOnlyItsBearerIsServed() throws Exception {
        try (TestService service = TestService.start("{}", Optional.empty(), Optional.of("s3cret"))) {
            assertThat(service.get("/admin/counts").statusCode()).isEqualTo(401);
            assertThat(service.get("/admin/counts", "Authorization", "Bearer s3cres")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(service.get("/admin/counts", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
