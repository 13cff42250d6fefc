package io.ordeal.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProbeServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void tellsReadinessAsItIs() throws Exception {
        var ready = new AtomicBoolean();
        try (var server = server(ready)) {
            assertThat(get(server, "/live", "").statusCode()).isEqualTo(200);
            assertThat(get(server, "/ready", "").statusCode()).isEqualTo(503);
            ready.set(true);
            assertThat(get(server, "/ready", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void exposesTheProcessAndTheBuild() throws Exception {
        try (var server = server(new AtomicBoolean(true))) {
            assertThat(get(server, "/metrics", "").body())
                    .contains("ordeal_build_info{component=\"test\"")
                    .contains("jvm_memory_used_bytes")
                    .contains("process_cpu_usage");
        }
    }

    @Test
    void letsNobodyChangeAnythingWithoutTheToken() throws Exception {
        try (var server = server(new AtomicBoolean(true))) {
            server.handleGuarded("/guarded", Optional.of("secret"), e -> ProbeServer.answer(e, 200, "in"));
            server.handleGuarded("/closed", Optional.empty(), e -> ProbeServer.answer(e, 200, "in"));
            assertThat(get(server, "/guarded", "").statusCode()).isEqualTo(401);
            assertThat(get(server, "/guarded", "Bearer wrong").statusCode()).isEqualTo(401);
            assertThat(get(server, "/guarded", "Bearer secret").body()).isEqualTo("in");
            assertThat(get(server, "/closed", "Bearer ").statusCode()).isEqualTo(403);
        }
    }

    private static ProbeServer server(AtomicBoolean ready) {
        return ProbeServer.start("test", "127.0.0.1", 0, ready::get, new PrometheusRegistry());
    }

    private HttpResponse<String> get(ProbeServer server, String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
