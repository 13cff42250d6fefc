package io.ordeal.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.policy.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Faults on HTTP requests, with a real client and a real server on either side.
class HttpFaultsTest {
    private final Loops loops = Loops.start();
    private final AtomicInteger served = new AtomicInteger();
    private HttpServer service;
    private TcpProxy proxy;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.createContext("/", exchange -> {
            try (exchange) {
                served.incrementAndGet();
                var body = exchange.getRequestBody().readAllBytes();
                boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : chunked ? 0 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        service.start();
        proxy = TcpProxy.start(
                loops,
                new Address("127.0.0.1", 0),
                new Address("127.0.0.1", service.getAddress().getPort()));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        service.stop(0);
        loops.close();
    }

    @Test
    void answersASeededShareOfTheRequestsAndLetsTheOthersPass() throws Exception {
        add("status", new Effect.HttpStatus(503, 0.3));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 200; i++) {
            var path = i % 2 == 0 ? "/" : "/chunked";
            var answer = post(path, "body " + i);
            statuses.add(answer.statusCode());
            assertThat(answer.body()).isEqualTo(answer.statusCode() == 503 ? "fault\n" : "body " + i);
        }
        int hit = (int) statuses.stream().filter(status -> status == 503).count();
        assertThat(hit).isBetween(35, 85);
        assertThat(served).hasValue(200 - hit);
        assertThat(proxy.accepted()).as("connections are kept alive").isLessThanOrEqualTo(2);
    }

    @Test
    void keepsPipelinedAnswersInOrder() throws Exception {
        add("status", new Effect.HttpStatus(503, 0.5));
        var requests = IntStream.range(0, 40)
                .mapToObj(i -> "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n" + (i + 10))
                .collect(Collectors.joining());
        try (var socket = connect()) {
            socket.setSoTimeout(5_000);
            for (var part : split(requests, 7)) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            }
            int expected = 10;
            for (int i = 0; i < 40; i++) {
                var head = head(socket);
                boolean fault = head.startsWith("HTTP/1.1 503");
                var body = new String(socket.getInputStream().readNBytes(fault ? 6 : 2), StandardCharsets.US_ASCII);
                assertThat(body).isEqualTo(fault ? "fault\n" : String.valueOf(expected));
                expected++;
            }
        }
    }

    @Test
    void joinsAConnectionThatIsOpenAndLeavesIt() throws Exception {
        assertThat(post("/", "before").statusCode()).isEqualTo(200);
        var toxic = add("status", new Effect.HttpStatus(507, 1));
        assertThat(post("/", "during").statusCode()).isEqualTo(507);
        proxy.remove(toxic).get();
        assertThat(post("/", "after").body()).isEqualTo("after");
        assertThat(proxy.accepted()).isEqualTo(1);
        assertThat(toxic.tally().hit()).isEqualTo(1);
    }

    @Test
    void delaysRequestsAndNotTheConnection() throws Exception {
        add("delay", new Effect.HttpDelay(120_000_000, 1));
        long start = System.nanoTime();
        assertThat(post("/", "late").body()).isEqualTo("late");
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(120);
    }

    @Test
    void cutsAnswersWhateverFramesThem() throws Exception {
        add("cut", new Effect.HttpCut(10, 1));
        for (var path : List.of("/", "/chunked")) {
            assertThatThrownBy(() -> post(path, "more than ten bytes")).isInstanceOf(IOException.class);
            assertThat(post(path, "ten bytes!").body()).isEqualTo("ten bytes!");
        }
    }

    @Test
    void leavesOtherProtocolsAlone() throws Exception {
        add("status", new Effect.HttpStatus(503, 1));
        try (var probe = Probe.open(proxy, "status")) {
            assertThat(probe.roundTrip(Duration.ofSeconds(5))).isPositive();
            assertThat(probe.transfer(300_000, Duration.ofSeconds(5))).isPositive();
        }
    }

    private Toxic add(String name, Effect effect) throws Exception {
        var toxic = new Toxic(name, effect, Direction.BOTH, 1, 5, System.nanoTime());
        proxy.add(toxic).get();
        return toxic;
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + proxy.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(5))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.address().getPort());
    }

    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended in a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static List<String> split(String text, int length) {
        return IntStream.iterate(0, at -> at < text.length(), at -> at + length)
                .mapToObj(at -> text.substring(at, Math.min(text.length(), at + length)))
                .toList();
    }
}
