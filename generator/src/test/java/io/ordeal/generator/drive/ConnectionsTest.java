package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.get;
import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static io.ordeal.generator.drive.TestLoad.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Tls;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections to a server of another make.
final class ConnectionsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Tls TRUSTING = new Tls(TestKeys.certificate("service"), "", "", "", false);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final TestLoad load = new TestLoad();

    @AfterEach
    void close() {
        load.close();
    }

    private static Connections connections(
            ConnectionMode mode, int limit, HttpVersion version, int churn, Duration storm, Optional<Tls> tls) {
        return new Connections(mode, limit, Duration.ofSeconds(2), version, 10, churn, storm, tls);
    }

    private static Connections secure(Tls tls, HttpVersion version) {
        return connections(ConnectionMode.PER_USER, 0, version, 0, Duration.ZERO, Optional.of(tls));
    }

    private static SegmentPlan plan(JettyServer server, LoadPhase phase, Connections connections) {
        var base = connections.tls().isPresent() ? "https://localhost:" : "http://127.0.0.1:";
        return with(
                TestLoad.plan(server.port(), think(Duration.ofMillis(10)), phase, get("/ok")),
                base + server.port(),
                connections);
    }

    @Test
    void speaksHttp2WithPriorKnowledge() {
        try (var server = JettyServer.started()) {
            load.run(plan(
                    server,
                    users(3, SHORT),
                    connections(ConnectionMode.PER_USER, 0, HttpVersion.HTTP_2, 0, Duration.ZERO, Optional.empty())));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.versions).containsOnly("HTTP/2.0");
            assertThat(server.peers).hasSize(3);
            assertThat(server.traces).allMatch(trace -> trace.startsWith("00-"));
            assertThat(load.requests()).allMatch(request -> request.bytesIn() == 2);
        }
    }

    @Test
    void opensASharedConnectionOnceForAllItsStreams() {
        try (var server = JettyServer.started()) {
            load.run(plan(
                    server,
                    rate(500, SHORT, 1000),
                    connections(ConnectionMode.SHARED, 2, HttpVersion.HTTP_2, 0, Duration.ZERO, Optional.empty())));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(load.requests()).hasSize(200);
            assertThat(server.peers).hasSize(2);
        }
    }

    @Test
    void endsOneStreamAndLeavesTheOthersOfItsConnectionAlone() {
        try (var server = JettyServer.started()) {
            var base = plan(
                    server,
                    rate(100, SHORT, 1000),
                    connections(ConnectionMode.SHARED, 1, HttpVersion.HTTP_2, 0, Duration.ZERO, Optional.empty()));
            var stuck = get("/stuck", Duration.ofMillis(50), io.ordeal.schemas.load.Check.NONE);
            var plan = with(
                    TestLoad.plan(
                            server.port(), think(Duration.ZERO), rate(100, SHORT, 1000), get("/ok"), stuck, get("/ok")),
                    base.target(),
                    base.connections());

            load.run(plan);

            assertThat(server.peers).hasSize(1);
            assertThat(load.requests().stream()
                            .filter(request -> request.outcome() == Outcome.TIMEOUT)
                            .count())
                    .isGreaterThan(5);
            assertThat(load.outcomes()).containsExactlyInAnyOrder(Outcome.OK, Outcome.TIMEOUT);
        }
    }

    @Test
    void negotiatesHttp2OverTlsAndTimesTheHandshake() {
        try (var server = JettyServer.secured()) {
            load.run(plan(server, users(2, SHORT), secure(TRUSTING, HttpVersion.HTTP_2)));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.versions).containsOnly("HTTP/2.0");
            assertThat(load.requests().stream().filter(request -> request.tls() > 0))
                    .hasSize(2)
                    .allMatch(request -> request.connect() > 0)
                    .allMatch(request -> request.connect() + request.tls() <= request.delay());
        }
    }

    @Test
    void speaksTlsWithWhomItTrusts() {
        try (var server = JettyServer.secured()) {
            load.run(plan(server, users(2, SHORT), secure(TRUSTING, HttpVersion.HTTP_1_1)));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.versions).containsOnly("HTTP/1.1");
            assertThat(load.requests().stream().filter(request -> request.tls() > 0))
                    .hasSize(2);
        }
    }

    @Test
    void speaksTlsWithNobodyItDoesNotTrust() {
        try (var server = JettyServer.secured()) {
            var stranger = new Tls(TestKeys.certificate("stranger"), "", "", "", false);

            load.run(plan(server, users(1, SHORT), secure(stranger, HttpVersion.HTTP_1_1)));

            assertThat(load.outcomes()).containsExactly(Outcome.CONNECT_ERROR);
            assertThat(server.requests).hasValue(0);
        }
    }

    @Test
    void speaksTlsWithAnybodyWhenToldTo() {
        try (var server = JettyServer.secured()) {
            load.run(plan(server, users(1, SHORT), secure(new Tls("", "", "", "", true), HttpVersion.HTTP_1_1)));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
        }
    }

    @Test
    void asksForTheServerThatItIsToldTo() {
        try (var server = JettyServer.secured()) {
            var shop = new Tls(TestKeys.certificate("shop"), "", "", "shop.test", false);

            load.run(plan(server, users(1, SHORT), secure(shop, HttpVersion.HTTP_1_1)));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.hosts).containsOnly("shop.test");
        }
    }

    @Test
    void refusesACertificateForAnotherName() {
        try (var server = JettyServer.secured()) {
            var wrong = new Tls(TestKeys.certificate("service"), "", "", "other.test", false);

            load.run(plan(server, users(1, SHORT), secure(wrong, HttpVersion.HTTP_1_1)));

            assertThat(load.outcomes()).containsExactly(Outcome.CONNECT_ERROR);
        }
    }

    @Test
    void showsItsCertificate() {
        try (var server = JettyServer.demanding()) {
            var known = new Tls(
                    TestKeys.certificate("service"), TestKeys.certificate("client"), TestKeys.key("client"), "", false);

            load.run(plan(server, users(1, SHORT), secure(known, HttpVersion.HTTP_2)));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
        }
    }

    @Test
    void isTurnedAwayWithoutACertificateThatTheServiceKnows() {
        try (var server = JettyServer.demanding()) {
            load.run(plan(server, users(1, SHORT), secure(TRUSTING, HttpVersion.HTTP_1_1)));

            // with TLS 1.3 the client's part of the handshake is over before the service looks at the certificate
            assertThat(load.outcomes()).isSubsetOf(Outcome.CONNECT_ERROR, Outcome.RESET);
            assertThat(server.requests).hasValue(0);
        }
    }

    @Test
    void refusesAServiceThatDoesNotSpeakHttp2() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            var plan = with(
                    TestLoad.plan(server.port(), think(Duration.ofMillis(10)), users(1, SHORT), get("/")),
                    "http://127.0.0.1:" + server.port(),
                    connections(ConnectionMode.PER_USER, 0, HttpVersion.HTTP_2, 0, Duration.ZERO, Optional.empty()));

            load.run(plan);

            assertThat(load.outcomes()).containsExactly(Outcome.CONNECT_ERROR);
        }
    }

    @Test
    void opensANewConnectionAfterItsShareOfRequests() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            var plan = with(
                    TestLoad.plan(server.port(), think(Duration.ZERO), rate(100, SHORT, 1), get("/")),
                    "http://127.0.0.1:" + server.port(),
                    connections(ConnectionMode.PER_USER, 0, HttpVersion.HTTP_1_1, 5, Duration.ZERO, Optional.empty()));

            load.run(plan);

            int sent = (int) load.last().sent();
            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.connections).hasValue((sent + 4) / 5);
            assertThat(server.heads.stream().filter(head -> head.contains("connection: close")))
                    .hasSize(sent / 5);
        }
    }

    @Test
    void multipliesConnectionsOfHttp2ByTheirShareToo() {
        try (var server = JettyServer.started()) {
            load.run(plan(
                    server,
                    rate(250, SHORT, 1000),
                    connections(ConnectionMode.SHARED, 1, HttpVersion.HTTP_2, 20, Duration.ZERO, Optional.empty())));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(server.peers).hasSize(5);
        }
    }

    @Test
    void dropsAllConnectionsInAStormAndOpensThemAtOnce() {
        try (var server = new RawServer((socket, _) -> RawServer.write(socket, OK))) {
            var plan = with(
                    TestLoad.plan(server.port(), think(Duration.ofSeconds(10)), users(20, SHORT), get("/")),
                    "http://127.0.0.1:" + server.port(),
                    connections(
                            ConnectionMode.PER_USER,
                            0,
                            HttpVersion.HTTP_1_1,
                            0,
                            Duration.ofMillis(150),
                            Optional.empty()));

            load.await(load.start(plan, load.load(plan, Instant.now()), false));

            assertThat(load.requests())
                    .hasSize(20)
                    .extracting(RequestTiming::outcome)
                    .containsOnly(Outcome.OK);
            await().until(() -> server.connections.get() == 60); // the last ones may not be accepted yet
        }
    }
}
