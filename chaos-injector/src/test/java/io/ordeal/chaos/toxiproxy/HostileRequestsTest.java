package io.ordeal.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever is asked, the server answers; whatever traffic does, the API goes on. A request that is not answered
/// fails the test by the time limit of its client.
class HostileRequestsTest {
    private static final List<String> TYPES = List.of(
            "latency",
            "bandwidth",
            "slow_close",
            "timeout",
            "reset_peer",
            "slicer",
            "limit_data",
            "noop",
            "loss",
            "http_status",
            "http_delay",
            "http_cut");
    private static final List<String> ATTRIBUTES = List.of(
            "latency",
            "jitter",
            "rate",
            "delay",
            "timeout",
            "average_size",
            "size_variation",
            "bytes",
            "loss",
            "stall",
            "status",
            "share",
            "after");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "2.5",
            "1e400",
            "1e-400",
            "9223372036854775807",
            "-9223372036854775808",
            "92233720368547758080",
            "null",
            "true",
            "\"\"",
            "\"7\"",
            "[]",
            "{}",
            "[[[[]]]]",
            "\"\\ud800\"",
            "503",
            "\"127.0.0.1:0\"",
            "\"p\"",
            "\"up stream\"",
            "NaN",
            "-",
            "\"a/../b?c#d%\"");

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.send("POST", "/proxies", "{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\"}");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void answersAnyValueInAnyFieldWhileTrafficFlows() throws Exception {
        var random = new Random(5);
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> talk(done));
            for (int i = 0; i < 1_500; i++) {
                var answer = server.send(any(random, "POST", "POST", "POST", "PATCH"), path(random), body(random));
                assertThat(answer.statusCode()).isIn(200, 201, 204, 400, 404, 405, 409, 500);
                assertThat(answer.body()).doesNotContain("Exception");
                if (i % 20 == 0) {
                    assertThat(server.send("POST", "/reset", "").statusCode()).isEqualTo(204);
                }
            }
            done.set(true);
        }
        server.send("DELETE", "/proxies/p", "");
        server.send("POST", "/proxies", "{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\"}");
        try (var socket = server.connect("p")) {
            socket.getOutputStream().write(9);
            assertThat(socket.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void answersWhatIsNoJson() throws Exception {
        for (var body :
                List.of("{", "}", "[", "\"", "{\"name\":", "nul", "\u0000", "[".repeat(100_000), "9".repeat(9999))) {
            for (var path : List.of("/proxies", "/populate", "/proxies/p", "/proxies/p/toxics")) {
                assertThat(server.send("POST", path, body).statusCode()).isEqualTo(400);
            }
        }
        assertThat(server.send("GET", "/version", "").statusCode()).isEqualTo(200);
    }

    /// Clients that send and never read: their sinks are dead, and every buffer on the way is full.
    @Test
    void removesToxicsUnderLoadWithDeadSinks() throws Exception {
        var clients = new ArrayList<Socket>();
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                var client = server.connect("p");
                clients.add(client);
                var _ = threads.submit(() -> flood(client, done));
            }
            for (int round = 0; round < 5; round++) {
                for (var type : TYPES) {
                    var toxic = "{\"type\":\"" + type + "\",\"name\":\"t\",\"stream\":\""
                            + (round % 2 == 0 ? "upstream" : "downstream")
                            + "\",\"attributes\":{\"latency\":1000,\"rate\":1,\"delay\":1000,\"average_size\":64,"
                            + "\"bytes\":1000000000,\"timeout\":60000,\"loss\":1}}";
                    assertThat(server.send("POST", "/proxies/p/toxics", toxic).statusCode())
                            .isEqualTo(200);
                    assertThat(server.send("DELETE", "/proxies/p/toxics/t", "").statusCode())
                            .isEqualTo(204);
                }
            }
            assertThat(server.send("DELETE", "/proxies/p", "").statusCode()).isEqualTo(204);
            done.set(true);
            for (var client : clients) {
                client.close();
            }
        }
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(server.send("GET", "/proxies", "").body()).isEqualTo("{}"));
    }

    private void talk(AtomicBoolean done) {
        while (!done.get()) {
            try (var socket = server.connect("p")) {
                socket.setSoTimeout(50);
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                var _ = socket.getInputStream().read(new byte[100]);
            } catch (Exception _) {
                Thread.onSpinWait(); // the proxy may be disabled, gone or full of toxics
            }
        }
    }

    private static void flood(Socket client, AtomicBoolean done) {
        try {
            while (!done.get()) {
                client.getOutputStream().write(new byte[64 << 10]);
            }
        } catch (IOException _) {
            // closed by a toxic
        }
    }

    private static String path(Random random) {
        return any(
                random,
                "/proxies",
                "/proxies/p",
                "/proxies/p/toxics",
                "/proxies/p/toxics",
                "/proxies/p/toxics",
                "/proxies/p/toxics/t",
                "/populate",
                "/proxies/p/toxics/%00%2e%2e");
    }

    private static String body(Random random) {
        var attributes = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            attributes
                    .append(i == 0 ? "" : ",")
                    .append('"')
                    .append(any(random, ATTRIBUTES.toArray(String[]::new)))
                    .append("\":")
                    .append(any(random, VALUES.toArray(String[]::new)));
        }
        var toxic = "{\"type\":\"" + any(random, TYPES.toArray(String[]::new)) + "\",\"name\":\"t" + random.nextInt(3)
                + "\",\"stream\":\"" + any(random, "upstream", "downstream") + "\",\"attributes\":{" + attributes
                + "}}";
        return switch (random.nextInt(4)) {
            case 0 ->
                "{\"" + any(random, "name", "listen", "upstream", "enabled", "toxics", "type", "stream", "toxicity")
                        + "\":" + any(random, VALUES.toArray(String[]::new)) + ",\"attributes\":"
                        + any(random, VALUES.toArray(String[]::new)) + "}";
            case 1 -> "[{\"name\":\"q\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\",\"toxics\":[" + toxic + "]}]";
            default -> toxic;
        };
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
