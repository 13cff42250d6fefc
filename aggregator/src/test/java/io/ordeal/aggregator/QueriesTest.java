package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ordeal.aggregator.audit.Auditor;
import io.ordeal.aggregator.audit.Results;
import io.ordeal.aggregator.audit.RunRecords;
import io.ordeal.aggregator.http.Board;
import io.ordeal.aggregator.http.QueryApi;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.results.WindowVerdict;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The interface as a client meets it, over real connections.
class QueriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Board board = new Board();
    private final List<WindowSummary> windows = new ArrayList<>();
    private final List<VerdictEvent> verdicts = new ArrayList<>();
    private QueryApi api = new QueryApi(board, Clock.systemUTC());
    private ProbeServer server = ProbeServer.start("test", "127.0.0.1", 0, () -> true, new PrometheusRegistry());
    private JsonNode description = JSON.nullNode();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server.handle("/", api);
        description = JSON.readTree(get("/openapi.json").body());
        var rehearsal = new Rehearsal(new Rehearsal.Shape(
                "run 1",
                5,
                Instant.now().minusSeconds(60).getEpochSecond() * 1_000_000,
                1_000_000,
                2,
                50,
                20_000_000,
                8_000_000,
                4_000_000,
                -1,
                false,
                List.of("p99 < 100ms", "p95 < 100ms outside faults", "errors < 5%", "recovery < 5s")));
        var result = Auditor.recompute(
                new RunRecords(rehearsal.objectives(), rehearsal.timings(), rehearsal.lifecycle(), List.of()),
                Results.NONE);
        windows.addAll(result.windows());
        verdicts.addAll(result.verdicts());
        board.update(runs -> {
            runs.add(rehearsal.objectives(), Instant.now());
            rehearsal.lifecycle().stream()
                    .filter(event -> !(event.event() instanceof LifecycleEvent.RunFinished))
                    .forEach(runs::add);
        });
        board.complete();
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
        client.close();
    }

    private void publish(int from, int to) {
        board.update(runs -> windows.subList(from, to).forEach(runs::add));
        var first = windows.get(from).start();
        var last = windows.get(to - 1).start();
        board.update(runs -> {
            for (var event : verdicts) {
                if (event.verdict() instanceof WindowVerdict one
                        && !one.start().isBefore(first)
                        && !one.start().isAfter(last)) {
                    runs.add(event);
                }
            }
            runs.add(new ResourceSample("", "host", "api", last, Map.of("cpu_cores", 0.5)));
        });
    }

    private void finish() {
        board.update(runs -> verdicts.stream()
                .filter(event -> !(event.verdict() instanceof WindowVerdict))
                .forEach(runs::add));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return JSON.readTree(answer.body());
    }

    /// The schema of the body of `operation` with `status`; references are to the same document.
    private JsonSchema schema(String path, String status, String type) {
        var pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/get/responses/" + status + "/content/"
                + type.replace("/", "~1") + "/schema";
        var schema = JSON.createObjectNode();
        schema.setAll((ObjectNode) description.at(pointer));
        schema.set("components", description.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    @Test
    void describesItselfInValidOpenApi() throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/openapi/schema-3.1.json"))) {
            var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(in));
            assertThat(schema.validate(description)).isEmpty();
        }
        for (var one : description.path("components").path("schemas").properties()) {
            assertThat(description.toString()).contains("\"#/components/schemas/" + one.getKey() + "\"");
        }
    }

    /// Under way and judged, every path answers, and as it is described.
    @Test
    void answersEveryPathAsItIsDescribed() throws IOException, InterruptedException {
        publish(0, windows.size() / 2);
        everyPath();
        publish(windows.size() / 2, windows.size());
        finish();
        everyPath();
    }

    private void everyPath() throws IOException, InterruptedException {
        for (var path : description.path("paths").properties()) {
            var concrete = path.getKey().replace("{run}", "run%201").replace("{name}", "live.js");
            if (path.getKey().endsWith("/events")) {
                continue; // it does not end before the run does
            }
            var answer = get(concrete);
            assertThat(answer.statusCode()).as(concrete).isEqualTo(200);
            var type = answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
            var described = path.getValue().at("/get/responses/200/content");
            assertThat(described.has(type)).as(concrete + " " + type).isTrue();
            if (type.equals("application/json")) {
                assertThat(schema(path.getKey(), "200", type).validate(JSON.readTree(answer.body())))
                        .as(concrete)
                        .isEmpty();
            }
            assertThat(send("HEAD", concrete).body()).isEmpty();
            assertThat(send("POST", concrete).statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void saysHowARunStands() throws IOException, InterruptedException {
        publish(0, windows.size() / 2);
        var run = json("/runs/run%201");
        assertThat(run.path("state").asText()).isEqualTo("RUNNING");
        assertThat(run.path("verdict").isNull()).isTrue();
        assertThat(run.path("objectives")).hasSize(4);
        assertThat(run.at("/objectives/0/stands").asText()).isIn("in", "out");
        assertThat(run.at("/ledger/sent").asLong()).isPositive();

        publish(windows.size() / 2, windows.size());
        finish();
        var judged = json("/runs/run%201");
        assertThat(judged.path("state").asText()).isEqualTo("FINISHED");
        assertThat(judged.path("verdict").asText()).isEqualTo("FAIL");
        assertThat(judged.at("/objectives/0/judged/verdict").asText()).isEqualTo("FAIL");
        assertThat(judged.at("/faults/0/verdict/confirmed").asBoolean()).isTrue();
        var said = (RunVerdict) verdicts.getLast().verdict();
        assertThat(json("/runs/run%201/verdicts")
                        .at("/judgement/ledger/aggregated")
                        .asLong())
                .isEqualTo(said.ledger().aggregated());
    }

    @Test
    void givesTheSeriesInColumns() throws IOException, InterruptedException {
        publish(0, windows.size());
        var series = json("/runs/run%201/series");

        int rows = series.path("times").size();
        assertThat(rows).isGreaterThanOrEqualTo(20);
        for (var column : series.path("columns").properties()) {
            assertThat(column.getValue()).as(column.getKey()).hasSize(rows);
        }
        assertThat(series.path("faults")).hasSize(1);
        assertThat(series.path("limits")).hasSize(2);
        assertThat(series.at("/readings/0/reading").asText()).isEqualTo("cpu_cores");
        long ended = 0;
        for (var value : series.at("/columns/ended")) {
            ended += value.asLong();
        }
        assertThat(ended)
                .isEqualTo(json("/runs/run%201").at("/ledger/completed").asLong());
        assertThat(json("/runs/run%201/series?request=buy/order").at("/columns/p95"))
                .hasSize(rows);
    }

    @Test
    void givesWindowsOfATimeAndOfARequest() throws IOException, InterruptedException {
        publish(0, windows.size());
        var all = json("/runs/run%201/windows");
        var third = all.at("/windows/2/start").asText();
        var fifth = all.at("/windows/4/start").asText();

        var some = json("/runs/run%201/windows?from=" + third + "&to=" + fifth);
        assertThat(some.path("windows")).hasSize(2);
        assertThat(some.path("more").asBoolean()).isFalse();
        assertThat(json("/runs/run%201/windows?limit=3").path("more").asBoolean())
                .isTrue();
        assertThat(json("/runs/run%201/windows?request=browse%2Fitems")
                        .at("/windows/0")
                        .has("sent"))
                .isFalse();
    }

    @Test
    void namesEverythingThatIsWrong() throws IOException, InterruptedException {
        var answer = get("/runs/run%201/windows?from=yesterday&limit=0&colour=red");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(schema("/runs/{run}/windows", "400", "application/problem+json")
                        .validate(problem))
                .isEmpty();
        assertThat(problem.path("errors")).hasSize(3);
        assertThat(problem.path("detail").asText())
                .contains("query parameter from `yesterday` is no instant: write it as 2026-01-31T13:45:00Z")
                .contains("query parameter limit `0`")
                .contains("query parameter colour `red` is not known");

        for (var path :
                List.of("/runs/none", "/runs/none/events", "/runs/run%201/series?request=x", "/runs/a/b/c", "/x")) {
            var missing = get(path);
            assertThat(missing.statusCode()).as(path).isEqualTo(404);
            assertThat(JSON.readTree(missing.body()).at("/errors/0/remedy").asText())
                    .isNotEmpty();
        }
        var posted = send("DELETE", "/runs/run%201");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void asksToComeAgainWhileItStillReads() throws IOException, InterruptedException {
        var reading = new QueryApi(new Board(), Clock.systemUTC());
        try (var other = ProbeServer.start("test", "127.0.0.1", 0, () -> true, new PrometheusRegistry())) {
            other.handle("/", reading);
            var uri = URI.create("http://127.0.0.1:" + other.port() + "/runs/r");
            assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
        } finally {
            reading.close();
        }
    }

    @Test
    void compressesAndDoesNotSendAgain() throws IOException, InterruptedException {
        publish(0, windows.size() / 2);
        var request = HttpRequest.newBuilder(uri("/runs/run%201/series"))
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var in = new GZIPInputStream(answer.body())) {
            assertThat(JSON.readTree(in)).isEqualTo(json("/runs/run%201/series"));
        }

        var tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/runs/run%201/series", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        publish(windows.size() / 2, windows.size());
        assertThat(get("/runs/run%201/series", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesAPageToThoseWhoReadPages() throws IOException, InterruptedException {
        var browser = get("/runs/run%201", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(browser.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(get("/runs", "Accept", "text/html").body()).contains("<table");
        assertThat(get("/").body()).contains("/runs/run%201/live");
    }

    /// What a stream of events has told, event by event.
    private final class Listener implements AutoCloseable {
        private final HttpResponse<InputStream> answer;
        private final List<Map.Entry<String, JsonNode>> events = new CopyOnWriteArrayList<>();
        private final List<Long> ids = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile String begun = "";

        Listener(String path, String... headers) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(uri(path));
            answer = client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
            thread = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var in = answer.body()) {
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                var name = "";
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("id: ")) {
                        ids.add(Long.parseLong(line.substring(4)));
                    } else if (line.startsWith("data: ")) {
                        events.add(Map.entry(name, JSON.readTree(line.substring(6))));
                    } else if (line.startsWith("retry: ")) {
                        begun = line;
                    }
                }
            } catch (IOException _) {
                // closed
            }
        }

        long rows() {
            return events.stream()
                    .mapToLong(event -> event.getValue().at("/series/times").size())
                    .sum();
        }

        @Override
        public void close() throws IOException {
            answer.body().close();
        }
    }

    @Test
    void tellsOfEveryWindowOnceAndTakesUpWhereAListenerWas() throws Exception {
        int third = windows.size() / 3;
        publish(0, third);
        long from = json("/runs/run%201/series").path("last").asLong();
        long last;
        try (var listener = new Listener("/runs/run%201/events?from=" + from)) {
            await().atMost(PATIENCE).until(() -> !listener.events.isEmpty());
            assertThat(listener.begun).isEqualTo("retry: 2000");
            assertThat(listener.rows()).isZero();
            publish(third, 2 * third);
            await().atMost(PATIENCE).until(() -> listener.rows() > 0);
            last = listener.ids.getLast();
            var update = listener.events.getLast().getValue();
            assertThat(schema("/runs/{run}/events", "200", "text/event-stream").validate(update))
                    .isEmpty();
        }
        publish(2 * third, windows.size());
        var series = json("/runs/run%201/series");
        long missed = series.path("last").asLong() - last;
        try (var again =
                new Listener("/runs/run%201/events?html=true&from=" + from, "Last-Event-ID", String.valueOf(last))) {
            await().atMost(PATIENCE).until(() -> again.rows() > 0);
            assertThat(again.rows()).isEqualTo(missed);
            assertThat(again.events.getFirst().getValue().at("/html/objectives").asText())
                    .contains("<table");
            finish();
            await().atMost(PATIENCE).until(() -> again.events.getLast().getKey().equals("end"));
            assertThat(again.events.getLast().getValue().path("verdict").asText())
                    .isEqualTo("FAIL");
            again.thread.join(); // the server ends the stream
        }
    }

    /// One who reads nothing for a while holds nobody up, and is then told the newest, all in one.
    @Test
    void tellsASlowListenerTheNewestInOne() throws Exception {
        publish(0, 1);
        try (var slow = SocketChannel.open()) {
            slow.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            slow.write(ByteBuffer.wrap("GET /runs/run%201/events?html=true&from=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            try (var quick = new Listener("/runs/run%201/events")) {
                await().atMost(PATIENCE).until(() -> !quick.events.isEmpty());
                // As many changes as would fill every buffer on the way, were they kept for the slow one.
                for (int i = 0; i < 20_000; i++) {
                    int at = i;
                    board.update(runs -> runs.add(new LifecycleEvent(
                            "run 1",
                            Instant.now(),
                            "test",
                            new LifecycleEvent.CommandRefused("c" + at, List.of("x".repeat(250))))));
                }
                publish(1, windows.size());
                await().atMost(PATIENCE).until(() -> quick.rows() > 0);
            }
            finish();
            var told = new StringBuilder();
            var buffer = ByteBuffer.allocate(65_536);
            await().atMost(PATIENCE).until(() -> {
                slow.read(buffer.clear());
                told.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                return told.indexOf("event: end") >= 0;
            });
            assertThat(told.toString().split("event: update", -1)).hasSizeLessThan(200);
        }
    }

    @Test
    void servesTwoHundredListenersWithoutAThreadForEach() throws Exception {
        publish(0, 2);
        var listeners = new ArrayList<Listener>();
        try {
            for (int i = 0; i < 200; i++) {
                listeners.add(new Listener("/runs/run%201/events?html=true"));
            }
            // Whoever asks for nothing earlier is told what comes after its first event.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(listeners).allMatch(listener -> !listener.events.isEmpty()));
            publish(2, windows.size());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(listeners).allMatch(listener -> listener.rows() > 0));
            long platform = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.isVirtual())
                    .count();
            assertThat(platform).isLessThan(100);
        } finally {
            for (var listener : listeners) {
                listener.close();
            }
        }
    }
}
