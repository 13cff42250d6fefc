package io.ordeal.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Exact bodies, codes and messages, as Toxiproxy 2.12 has them, and what ours adds.
class ToxiproxyApiTest {
    private static final String NEW = "{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\"}";

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void answersWithExactBodies() throws Exception {
        var made = server.send("POST", "/proxies", NEW);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(made.headers().firstValue("X-Toxiproxy-Request-Id")).isPresent();
        assertThat(made.body())
                .matches("\\{\"name\":\"p\",\"listen\":\"127\\.0\\.0\\.1:\\d+\",\"upstream\":\"" + server.upstream()
                        + "\",\"enabled\":true,\"Logger\":\\{\\},\"toxics\":\\[\\]\\}");
        assertThat(server.answer(
                        "POST",
                        "/proxies/p/toxics",
                        "{\"type\":\"latency\",\"attributes\":{\"latency\":100,\"jitter\":10}}"))
                .isEqualTo("200 {\"attributes\":{\"latency\":100,\"jitter\":10},\"name\":\"latency_downstream\","
                        + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1}");
        assertThat(server.answer("POST", "/proxies/p/toxics/latency_downstream", "{\"attributes\":{\"jitter\":5}}"))
                .isEqualTo("200 {\"attributes\":{\"latency\":100,\"jitter\":5},\"name\":\"latency_downstream\","
                        + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1}");
        assertThat(server.answer("GET", "/proxies/p/toxics", "")).startsWith("200 [{\"attributes\"");
        assertThat(server.answer("GET", "/proxies", "")).startsWith("200 {\"p\":{\"name\":\"p\"");
        assertThat(server.answer("DELETE", "/proxies/p/toxics/latency_downstream", ""))
                .isEqualTo("204 ");
        assertThat(server.answer("POST", "/reset", "")).isEqualTo("204 ");
        assertThat(server.answer("DELETE", "/proxies/p", "")).isEqualTo("204 ");
        assertThat(server.answer("GET", "/version", "")).isEqualTo("200 {\"version\": \"2.12.0\"}\n");
        assertThat(server.answer("GET", "/proxies", "")).isEqualTo("200 {}");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        var missing = server.send("GET", "/proxies/p", "");
        assertThat(missing.body()).isEqualTo("{\"error\":\"proxy not found\",\"status\":404}\n");
        assertThat(missing.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(missing.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertProblem(400, "bad request body: EOF", "POST", "/proxies", "");
        assertProblem(400, "missing required field: name", "POST", "/proxies", "{}");
        assertProblem(400, "missing required field: upstream", "POST", "/proxies", "{\"name\":\"p\"}");
        assertProblem(
                400,
                "bad request body: json: cannot unmarshal number into Go struct field Proxy.name of type string",
                "POST",
                "/proxies",
                "{\"name\":1}");
        server.send("POST", "/proxies", NEW);
        assertProblem(409, "proxy already exists", "POST", "/proxies", NEW);
        var toxics = "/proxies/p/toxics";
        assertProblem(400, "invalid toxic type", "POST", toxics, "{\"type\":\"latenzy\"}");
        assertProblem(
                400,
                "stream was invalid, can be either upstream or downstream",
                "POST",
                toxics,
                "{\"type\":\"latency\",\"stream\":\"sideways\"}");
        server.send("POST", toxics, "{\"type\":\"noop\",\"name\":\"n\",\"stream\":\"UpStream\"}");
        assertProblem(409, "toxic already exists", "POST", toxics, "{\"type\":\"latency\",\"name\":\"n\"}");
        assertProblem(404, "toxic not found", "GET", toxics + "/m", "");
        assertProblem(404, "proxy not found", "POST", "/proxies/q/toxics", "rubbish");
        assertProblem(
                500,
                "address local373: missing port in address",
                "POST",
                "/proxies",
                "{\"name\":\"q\",\"listen\":\"local373\",\"upstream\":\"ECHO\"}");
        assertThat(server.answer("GET", "/nothing", "")).isEqualTo("404 404 page not found\n");
        assertThat(server.answer("PUT", "/proxies", "{}")).isEqualTo("405 ");
        assertThat(server.answer("GET", "/reset", "")).isEqualTo("405 ");
        var browser = server.send("GET", "/version", "", "User-Agent", "Mozilla/5.0");
        assertThat(browser.statusCode() + browser.body()).isEqualTo("403User agent not allowed\n");
    }

    @Test
    void readsJsonAsGoDoes() throws Exception {
        var odd = "{\"NAME\":\"first\",\"name\":\"p\",\"Upstream\":\"ECHO\",\"listen\":\"127.0.0.1:0\",\"new\":[1],"
                + "\"enabled\":null} trailing";
        assertThat(server.answer("POST", "/proxies", odd)).startsWith("201 {\"name\":\"p\"");
        var urlencoded = server.send(
                "PATCH", "/proxies/p", "{\"enabled\":false}", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(urlencoded.body()).contains("\"enabled\":false");
        assertThat(server.answer("POST", "/proxies/p", "{}")).contains("\"enabled\":false");
        assertThat(server.answer("POST", "/proxies/p/toxics", "{\"type\":\"latency\",\"toxicity\":2.5}"))
                .contains("\"toxicity\":2.5", "\"latency\":0");
    }

    /// toxiproxy-java sends neither a body nor its length.
    @Test
    void takesAPostWithoutALength() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("POST /reset HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void populatesAllThatAreWellFormedOrNone() throws Exception {
        assertThat(server.answer("POST", "/populate", "[" + NEW + ",{\"name\":\"q\"}]"))
                .isEqualTo("400 {\"error\":\"missing required field: upstream at proxy 2\",\"status\":400,"
                        + "\"proxies\":null}");
        assertThat(server.answer("GET", "/proxies", "")).isEqualTo("200 {}");
        assertThat(server.answer("POST", "/populate", "[" + NEW + "]")).startsWith("201 {\"proxies\":[{\"name\":\"p\"");
        assertThat(server.answer("POST", "/populate", "[]")).isEqualTo("201 {\"proxies\":null}");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answer = server.answer(
                    "POST",
                    "/populate",
                    "[{\"name\":\"a\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\"},{\"name\":\"b\",\"listen\":\"127.0.0.1:"
                            + taken.getLocalPort() + "\",\"upstream\":\"ECHO\"}]");
            assertThat(answer)
                    .startsWith("500 {\"error\":\"listen tcp 127.0.0.1:" + taken.getLocalPort()
                            + ": bind: address already in use\",\"status\":500,\"proxies\":[{\"name\":\"a\"");
        }
    }

    @Test
    void leavesAloneWhatIsPopulatedAgain() throws Exception {
        for (var host : new String[] {"127.0.0.1", "0.0.0.0"}) {
            var proxy = "{\"name\":\"" + host + "\",\"listen\":\"" + host + ":PORT\",\"upstream\":\"ECHO\","
                    + "\"enabled\":false}";
            var made =
                    server.send("POST", "/proxies", proxy.replace("PORT", "0").replace("false", "true"));
            var port = made.body().replaceFirst(".*\"listen\":\"[^\"]*:(\\d+)\".*", "$1");
            server.send("POST", "/proxies/" + host + "/toxics", "{\"type\":\"noop\"}");
            assertThat(server.answer("POST", "/populate", "[" + proxy.replace("PORT", port) + "]"))
                    .contains("\"enabled\":true", "noop_downstream");
        }
    }

    @Test
    void resetsTheOthersWhenOneCannotStart() throws Exception {
        for (var name : new String[] {"a", "b", "c"}) {
            server.send("POST", "/proxies", NEW.replace("\"p\"", "\"" + name + "\""));
            server.send("POST", "/proxies/" + name + "/toxics", "{\"type\":\"noop\"}");
        }
        var listen = server.send("GET", "/proxies/b", "").body().replaceFirst(".*\"listen\":\"[^:]*:(\\d+)\".*", "$1");
        server.send("POST", "/proxies/b", "{\"enabled\":false}");
        try (var _ = new ServerSocket(Integer.parseInt(listen), 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.answer("POST", "/reset", "")).startsWith("500 ").contains("address already in use");
        }
        for (var name : new String[] {"a", "b", "c"}) {
            assertThat(server.send("GET", "/proxies/" + name + "/toxics", "").body())
                    .isEqualTo("[]");
        }
    }

    @Test
    void makesAProxyWithItsToxics() throws Exception {
        var made = server.answer(
                "POST",
                "/proxies",
                NEW.replace("}", ",\"toxics\":[{\"type\":\"http_status\",\"attributes\":{\"status\":507}}]}"));
        assertThat(made).contains("{\"status\":507,\"share\":1}");
        try (var socket = server.connect("p")) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 507");
        }
        assertThat(server.answer(
                        "POST", "/proxies", NEW.replace("\"p\"", "\"q\"").replace("}", ",\"toxics\":[{}]}")))
                .startsWith("400 ");
        assertThat(server.answer("GET", "/proxies/q", "")).startsWith("404 ");
    }

    @Test
    void letsGoOfWhatNobodyRenews() throws Exception {
        server.send("POST", "/proxies", NEW);
        assertThat(server.answer("POST", "/proxies/p/toxics", "{\"type\":\"noop\",\"lease_ms\":150}"))
                .contains("\"lease_ms\":150");
        server.send("POST", "/proxies/p/toxics", "{\"type\":\"noop\",\"name\":\"kept\",\"lease_ms\":60000}");
        assertThat(server.answer("GET", "/proxies/p/toxics/noop_downstream?lease_ms=400", ""))
                .contains("\"lease_ms\":400");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                server.send("GET", "/proxies/p/toxics", "").body())
                        .contains("kept")
                        .doesNotContain("noop_downstream"));
        server.send("POST", "/proxies/p", "{\"lease_ms\":100}");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(server.send("GET", "/proxies/p", "").statusCode())
                                .isEqualTo(404));
        assertThat(server.answer("POST", "/proxies", NEW.replace("}", ",\"lease_ms\":0}")))
                .startsWith("400 ");
    }

    @Test
    void countsBytesWhileConnectionsAreOpen() throws Exception {
        server.send("POST", "/proxies", NEW);
        try (var socket = server.connect("p")) {
            socket.getOutputStream().write(new byte[100]);
            socket.getInputStream().readNBytes(100);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(server.send("GET", "/metrics", "").body())
                                    .containsPattern("toxiproxy_proxy_sent_bytes_total\\{direction=\"downstream\","
                                            + "listener=\"127.0.0.1:\\d+\",proxy=\"p\",upstream=\"" + server.upstream()
                                            + "\"\\} 100")
                                    .contains("toxiproxy_proxy_received_bytes_total{direction=\"upstream\"")
                                    .contains("ordeal_proxy_connections{proxy=\"p\"} 1"));
        }
    }

    @Test
    void wantsATokenWhereOneIsSet() throws Exception {
        try (var guarded = new TestServer(Optional.of("secret"), Optional.empty())) {
            assertThat(guarded.send("GET", "/proxies", "").statusCode()).isEqualTo(200);
            assertThat(guarded.send("POST", "/reset", "").statusCode()).isEqualTo(401);
            assertThat(guarded.send("POST", "/reset", "", "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    /// Which connections a toxic is on follows from seed and number.
    @Test
    void choosesTheSameConnectionsWithTheSameSeed() throws Exception {
        assertThat(choices()).isEqualTo(choices()).contains("x").contains(".");
    }

    private static String choices() throws Exception {
        var proxies = "[{\"name\":\"p\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\",\"toxics\":"
                + "[{\"type\":\"reset_peer\",\"toxicity\":0.5}]}]";
        try (var seeded = new TestServer(Optional.empty(), Optional.of(proxies))) {
            var met = new StringBuilder();
            for (int i = 0; i < 24; i++) {
                try (var socket = seeded.connect("p")) {
                    socket.getOutputStream().write(1);
                    met.append(socket.getInputStream().read() == 1 ? "." : "x");
                } catch (IOException _) {
                    met.append("x");
                }
            }
            return met.toString();
        }
    }

    private void assertProblem(int status, String text, String method, String path, String body) throws Exception {
        assertThat(server.answer(method, path, body))
                .isEqualTo(status + " {\"error\":\"" + text + "\",\"status\":" + status + "}\n");
    }
}
