package io.ordeal.sample.http;

import io.ordeal.sample.behaviour.Behaviour;
import io.ordeal.sample.behaviour.MergePatch;
import io.ordeal.sample.counts.RequestCounts;
import io.ordeal.sample.store.DocumentFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A service on free ports and a client for it.
final class TestService implements AutoCloseable {

    private static final int MOST_BODY_BYTES = 1000;

    private final RunningService service;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestService(RunningService service) {
        this.service = service;
    }

    static TestService start(String patch) throws IOException {
        return start(patch, Optional.empty(), Optional.empty());
    }

    static TestService start(String patch, Optional<DocumentFiles> files, Optional<String> token) throws IOException {
        Map<String, Object> defaults;
        try (InputStream in = Behaviour.class.getResourceAsStream("behaviour.json")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            defaults = new JsonObject(new String(bytes, StandardCharsets.UTF_8)).getMap();
        }
        ServiceOptions options = new ServiceOptions(
                "127.0.0.1",
                0,
                0,
                Optional.empty(),
                128,
                MOST_BODY_BYTES,
                Duration.ZERO,
                Duration.ofSeconds(10),
                files,
                RequestCounts.inMemory(),
                token,
                defaults);
        Behaviour.Reading reading = Behaviour.read(MergePatch.merge(defaults, new JsonObject(patch).getMap()));
        return new TestService(RunningService.start(options, ((Behaviour.Valid) reading).behaviour()));
    }

    int modelPort() {
        return service.modelPort();
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + service.port() + path);
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body) {
        return client.sendAsync(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("http", path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /// Changes the behaviour while the service runs.
    void adopt(String patch) throws IOException, InterruptedException {
        HttpResponse<String> response = send("PATCH", "/admin/behaviour", patch);
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException(response.body());
        }
    }

    JsonObject totals() throws IOException, InterruptedException {
        return json(get("/admin/counts")).getJsonObject("total");
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    /// Stops the service while the client goes on.
    void stop() {
        service.close();
    }

    @Override
    public void close() {
        client.shutdownNow();
        service.close();
    }
}
