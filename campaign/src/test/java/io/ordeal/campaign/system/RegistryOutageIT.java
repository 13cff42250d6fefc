package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.Wire;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A record of a schema that nobody here has met, while the real registry is out of reach: it is waited for, and the
/// record is no poison.
class RegistryOutageIT {
    private static final String SUBJECT = "/apis/ccompat/v7/subjects/ordeal.resources-value/versions";
    private static final Set<String> OWN_HEADERS =
            Set.of("content-length", "transfer-encoding", "connection", "host", "upgrade", "http2-settings");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger refused = new AtomicInteger();
    private final KafkaSettings real = SharedStack.cluster().settings();
    private volatile boolean out;
    private HttpServer gate;

    @SuppressWarnings("NullAway.Init") // before each
    RegistryOutageIT() {}

    /// The registry's clients come through a gate of our own.
    @BeforeEach
    void open() throws IOException {
        gate = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gate.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gate.createContext("/", this::pass);
        gate.start();
    }

    @AfterEach
    void close() {
        gate.stop(0);
        client.close();
    }

    @Test
    void isWaitedOut() throws Exception {
        var sample = new ResourceSample(
                "", "elsewhere", "api", Instant.now().truncatedTo(ChronoUnit.MICROS), Map.of("cpu", 0.5));
        var settings = KafkaSettings.plain(
                real.bootstrapServers(), "http://127.0.0.1:" + gate.getAddress().getPort());
        try (var wire = Wire.open(settings, Duration.ofSeconds(20))) {
            var bytes = foreign(sample);
            out = true;

            var decoded = new CompletableFuture<Decoded<ResourceSample>>();
            Thread.ofVirtual().start(() -> decoded.complete(wire.decode(Topic.RESOURCES, ResourceSample.class, bytes)));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(refused.get())
                            .as("questions that were not answered; decoded by now: %s", decoded)
                            .isGreaterThanOrEqualTo(3));
            assertThat(decoded).isNotDone();
            out = false;
            assertThat(decoded).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new Decoded.Good<>(sample));
        }
    }

    /// Returns the sample as another writer frames it, whose schema has a field more, which is empty.
    private byte[] foreign(ResourceSample sample) throws IOException, InterruptedException {
        var codec = RecordCodec.of(Topic.RESOURCES, ResourceSample.class);
        var schema = (ObjectNode) JSON.readTree(codec.schema().toString());
        ((ArrayNode) schema.get("fields"))
                .addObject()
                .put("name", "remark")
                .put("type", "string")
                .put("default", "");
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(real.registryUrl() + SUBJECT))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("schema", schema.toString()))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var body = codec.encode(sample);
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) 0)
                .putInt(JSON.readTree(answer.body()).get("id").asInt())
                .put(body)
                .put((byte) 0)
                .array();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (out) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var request = HttpRequest.newBuilder(URI.create(real.registryUrl() + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            answer(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
        var body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
