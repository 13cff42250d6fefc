package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.get;
import static io.ordeal.generator.drive.TestLoad.plan;
import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Think;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Think NONE = think(Duration.ZERO);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

    private final TestLoad load = new TestLoad();

    @AfterEach
    void close() {
        load.close();
    }

    @Test
    void isOkWhenTheAnswerIsAsExpected() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            load.run(plan(
                    server.port(),
                    NONE,
                    rate(100, SHORT, 10_000),
                    get("/hello", SHORT, new Check(List.of(200), "ell"))));

            assertThat(load.requests()).hasSize(30).allSatisfy(timing -> {
                assertThat(timing.outcome()).isEqualTo(Outcome.OK);
                assertThat(timing.status()).isEqualTo(200);
                assertThat(timing.bytesIn()).isEqualTo(5);
                assertThat(timing.request()).isEqualTo(4);
                assertThat(timing.firstByte()).isPositive();
            });
            assertThat(server.heads.getFirst())
                    .startsWith("GET /hello HTTP/1.1\r\n")
                    .contains("x-test: yes", "traceparent: 00-", "host: 127.0.0.1:" + server.port());
        }
    }

    @Test
    void isHttpErrorForAStatusOf400AndAboveThatIsNotAccepted() {
        try (var server =
                new RawServer((socket, _) -> RawServer.write(socket, "HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"))) {
            load.run(plan(server.port(), NONE, rate(20, SHORT, 10_000), get("/")));

            assertThat(load.outcomes()).containsExactly(Outcome.HTTP_ERROR);
        }
    }

    @Test
    void isOkForAnErrorThatIsAccepted() {
        try (var server =
                new RawServer((socket, _) -> RawServer.write(socket, "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"))) {
            load.run(plan(server.port(), NONE, rate(20, SHORT, 10_000), get("/", SHORT, new Check(List.of(404), ""))));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
        }
    }

    @Test
    void isInvalidWhenTheBodyLacksTheText() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            load.run(plan(
                    server.port(), NONE, rate(20, SHORT, 10_000), get("/", SHORT, new Check(List.of(), "absent"))));

            assertThat(load.outcomes()).containsExactly(Outcome.INVALID);
        }
    }

    @Test
    void isTimeoutWhenNothingComes() {
        var forever = new CountDownLatch(1);
        try (var server = new RawServer((_, _) -> hang(forever))) {
            load.run(plan(
                    server.port(),
                    NONE,
                    rate(20, SHORT, 10_000),
                    get("/", Duration.ofMillis(100), new Check(List.of(), ""))));

            assertThat(load.requests()).hasSize(6).allSatisfy(timing -> {
                assertThat(timing.outcome()).isEqualTo(Outcome.TIMEOUT);
                assertThat(timing.response()).isGreaterThanOrEqualTo(100_000L);
                assertThat(timing.firstByte()).isZero();
            });
        }
        forever.countDown();
    }

    @Test
    void isTimeoutWhenTheBodyDoesNotEnd() {
        var forever = new CountDownLatch(1);
        try (var server = new RawServer((socket, _) -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
            return hang(forever);
        })) {
            load.run(plan(
                    server.port(),
                    NONE,
                    rate(20, SHORT, 10_000),
                    get("/", Duration.ofMillis(100), new Check(List.of(), ""))));

            assertThat(load.outcomes()).containsExactly(Outcome.TIMEOUT);
            assertThat(load.requests())
                    .allSatisfy(timing -> assertThat(timing.bytesIn()).isEqualTo(4));
        }
        forever.countDown();
    }

    @Test
    void isConnectErrorWhenNobodyListens() throws IOException {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }

        load.run(plan(port, NONE, rate(20, SHORT, 10_000), get("/")));

        assertThat(load.requests())
                .hasSize(6)
                .extracting(RequestTiming::outcome)
                .containsOnly(Outcome.CONNECT_ERROR);
        assertThat(load.last().sent()).isEqualTo(6);
    }

    @Test
    void isResetWhenTheConnectionBreaksInsteadOfAnAnswer() {
        try (var server = new RawServer((socket, _) -> {
            socket.setSoLinger(true, 0);
            return false;
        })) {
            load.run(plan(server.port(), NONE, rate(20, SHORT, 10_000), get("/")));

            assertThat(load.outcomes()).containsExactly(Outcome.RESET);
        }
    }

    @Test
    void isResetWhenTheConnectionBreaksWithinTheAnswer() {
        try (var server = new RawServer((socket, _) -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
            return false;
        })) {
            load.run(plan(server.port(), NONE, rate(20, SHORT, 10_000), get("/")));

            assertThat(load.outcomes()).containsExactly(Outcome.RESET);
        }
    }

    @Test
    void opensAnotherConnectionWhenTheServerSaysThatItCloses() {
        try (var server = new RawServer((socket, _) -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
            return false;
        })) {
            load.run(plan(server.port(), NONE, rate(50, SHORT, 10_000), get("/")));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.connections).hasValue(15);
        }
    }

    @Test
    void keepsTheConnectionOfAUser() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            load.run(plan(server.port(), think(Duration.ofMillis(5)), users(3, SHORT), get("/")));

            assertThat(server.connections).hasValue(3);
            assertThat(load.requests())
                    .hasSizeGreaterThan(30)
                    .extracting(RequestTiming::user)
                    .containsOnly(0, 1, 2);
        }
    }

    @Test
    void readsABodyThatEndsWithTheConnection() {
        try (var server = new RawServer((socket, _) -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n\r\nto the end");
            return false;
        })) {
            load.run(plan(server.port(), NONE, rate(20, SHORT, 10_000), get("/", SHORT, new Check(List.of(), "end"))));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
        }
    }

    private static boolean hang(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return false;
    }
}
