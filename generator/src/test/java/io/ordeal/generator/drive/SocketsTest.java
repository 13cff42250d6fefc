package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.HttpVersion;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import io.ordeal.schemas.load.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// WebSockets to a server of another make.
final class SocketsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final TestLoad load = new TestLoad();
    private final JettyServer server = JettyServer.started();
    private final List<Step> steps = new ArrayList<>();

    @AfterEach
    void close() {
        load.close();
        server.close();
    }

    private SocketsTest step(StepKind kind, String path, String body, Check check) {
        steps.add(new Step(
                steps.size(),
                kind.name(),
                "GET",
                path,
                Map.of(),
                body,
                kind == StepKind.EXPECT ? PATIENCE : Duration.ofSeconds(2),
                check,
                kind,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        return this;
    }

    private SocketsTest connect(String path) {
        return step(StepKind.CONNECT, path, "", Check.NONE);
    }

    private SocketsTest send(String text) {
        return step(StepKind.SEND, "/", text, Check.NONE);
    }

    private SocketsTest expect(String text) {
        return step(StepKind.EXPECT, "/", "", new Check(List.of(), text));
    }

    private SocketsTest then(StepKind kind) {
        return step(kind, "/", "", Check.NONE);
    }

    private SegmentPlan plan(LoadPhase phase, Duration think) {
        return TestLoad.plan(server.port(), think(think), phase, steps.toArray(Step[]::new));
    }

    /// Returns the outcomes of the steps, iteration after iteration, of the only user.
    private List<Outcome> ran(int iterations) {
        load.run(plan(rate(iterations / 0.9, Duration.ofMillis(900), 1), Duration.ofMillis(1)));
        return load.requests().stream().map(RequestTiming::outcome).toList();
    }

    @Test
    void opensSendsExpectsAndCloses() {
        connect("/rooms/1").send("hello").expect("you said hello").then(StepKind.CLOSE);

        assertThat(ran(1)).hasSize(4).containsOnly(Outcome.OK);
        assertThat(server.rooms.opened).hasValue(1);
        assertThat(server.rooms.closes).containsExactly(1000);
        assertThat(server.rooms.traces).allMatch(trace -> trace.startsWith("00-"));
    }

    @Test
    void measuresTheConnectionTheMessageAndTheWait() {
        connect("/rooms/1").send("hello").expect("you said hello").then(StepKind.DROP);
        ran(1);

        var opening = load.requests().getFirst();
        assertThat(opening.status()).isEqualTo(101);
        assertThat(opening.connect()).isPositive();
        assertThat(opening.firstByte()).isPositive();
        assertThat(load.requests().get(1).bytesOut()).isEqualTo(5);
        assertThat(load.requests().get(2).bytesIn()).isEqualTo("you said hello".length());
    }

    @Test
    void keepsMessagesUntilSomebodyWaitsForThem() {
        connect("/rooms/1").send("thrice").expect("answer 3").send("again").expect("you said again");

        assertThat(ran(1)).containsExactly(Outcome.OK, Outcome.OK, Outcome.OK, Outcome.OK, Outcome.OK);
    }

    @Test
    void takesMessagesInTheirOrder() {
        connect("/rooms/1")
                .send("thrice")
                .expect("welcome")
                .expect("answer 1")
                .expect("answer 2")
                .expect("answer 3");

        assertThat(ran(1)).containsOnly(Outcome.OK);
    }

    @Test
    void endsWhenTheMessageDoesNotCome() {
        connect("/rooms/1").send("silence").expect("an answer").send("still").expect("you said still");

        assertThat(ran(1)).startsWith(Outcome.OK, Outcome.OK, Outcome.TIMEOUT);
    }

    @Test
    void saysResetAfterTheServiceHasClosedIt() {
        connect("/rooms/1").send("bye").expect("an answer").send("more").then(StepKind.CLOSE);

        assertThat(ran(1)).containsExactly(Outcome.OK, Outcome.OK, Outcome.RESET, Outcome.RESET, Outcome.RESET);
        assertThat(server.rooms.closes).hasSize(1);
    }

    @Test
    void opensAnewAfterItWasDropped() {
        connect("/rooms/1").then(StepKind.DROP).connect("/rooms/2").send("x").expect("you said x");

        assertThat(ran(1)).containsOnly(Outcome.OK);
        assertThat(server.rooms.opened).hasValue(2);
    }

    @Test
    void answersPings() {
        connect("/rooms/1").send("ping").send("x").expect("you said x").then(StepKind.CLOSE);

        assertThat(ran(1)).containsOnly(Outcome.OK);
        assertThat(server.rooms.pongs).hasValue(1);
    }

    @Test
    void saysWhatTheServiceAnsweredInstead() {
        connect("/ok");

        assertThat(ran(1)).containsOnly(Outcome.INVALID);
        assertThat(load.requests().getFirst().status()).isEqualTo(200);
    }

    @Test
    void opensThemOverTlsUnderTheNameThatItIsToldTo() {
        try (var secured = JettyServer.secured()) {
            connect("/rooms/1").send("x").expect("you said x").then(StepKind.CLOSE);
            var tls = new Tls(TestKeys.certificate("shop"), "", "", "shop.test", false);
            var connections = new Connections(
                    ConnectionMode.PER_USER,
                    0,
                    Duration.ofSeconds(2),
                    HttpVersion.HTTP_2,
                    1,
                    0,
                    Duration.ZERO,
                    Optional.of(tls));
            var plan = plan(rate(10, SHORT, 1), Duration.ZERO);

            load.run(TestLoad.with(plan, "https://127.0.0.1:" + secured.port(), connections));

            assertThat(load.outcomes()).containsExactly(Outcome.OK);
            assertThat(load.requests().getFirst().tls()).isPositive();
        }
    }

    @Test
    void dropsThemInAStormAndOpensThemAtOnce() {
        connect("/rooms/1").send("x").expect("never");
        var plan = plan(users(10, Duration.ofMillis(400)), Duration.ofMillis(1));
        var stormy = new Connections(
                ConnectionMode.PER_USER,
                0,
                Duration.ofSeconds(2),
                HttpVersion.HTTP_1_1,
                1,
                0,
                Duration.ofMillis(150),
                Optional.empty());

        load.run(TestLoad.with(plan, plan.target(), stormy));

        assertThat(load.outcomes()).containsExactlyInAnyOrder(Outcome.OK, Outcome.TIMEOUT);
        assertThat(load.requests().stream().filter(request -> request.request() == 0 && request.status() == 101))
                .hasSizeGreaterThanOrEqualTo(30);
        assertThat(server.rooms.opened).hasValueGreaterThanOrEqualTo(30);
    }
}
