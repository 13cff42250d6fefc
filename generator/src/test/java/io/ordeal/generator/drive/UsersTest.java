package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Credentials;
import io.ordeal.schemas.load.CredentialsKind;
import io.ordeal.schemas.load.Extraction;
import io.ordeal.schemas.load.ExtractionKind;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederEnd;
import io.ordeal.schemas.load.FeederOrder;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Retry;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.StepKind;
import io.ordeal.schemas.load.Think;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What users do, against the JDK's own HTTP server.
final class UsersTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Think NONE = think(Duration.ZERO);

    private final TestLoad load = new TestLoad(Map.of("SHOP_USER", "ann", "SHOP_SECRET", "s3cret"));
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        load.close();
        server.stop(0);
    }

    private void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                        + (body.isEmpty() ? "" : " " + body));
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Step step(int request, String method, String path, Map<String, String> headers, String body) {
        return new Step(request, path, method, path, headers, body, Duration.ofSeconds(5), Check.NONE);
    }

    private static Step get(String path) {
        return step(0, "GET", path, Map.of(), "");
    }

    private static Step with(Step step, List<Extraction> extract, List<Extraction> measures, Optional<Retry> retry) {
        return new Step(
                step.request(),
                step.name(),
                step.method(),
                step.path(),
                step.headers(),
                step.body(),
                step.timeout(),
                step.check(),
                StepKind.REQUEST,
                extract,
                measures,
                retry,
                Optional.empty(),
                Optional.empty());
    }

    private static Scenario scenario(Duration pace, Cookies cookies, Step... steps) {
        return new Scenario(
                "shop", 1, NONE, List.of(steps), List.of(), Duration.ZERO, pace, List.of(), cookies, Optional.empty());
    }

    private static Scenario fed(Step... steps) {
        return new Scenario(
                "shop",
                1,
                NONE,
                List.of(steps),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                List.of("accounts"),
                Cookies.NONE,
                Optional.empty());
    }

    private SegmentPlan plan(LoadPhase phase, List<Feeder> feeders, Scenario scenario) {
        var plan = TestLoad.plan(
                server.getAddress().getPort(), NONE, phase, scenario.steps().getFirst());
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                plan.target(),
                plan.phases(),
                List.of(scenario),
                plan.connections(),
                plan.window(),
                plan.tick(),
                feeders,
                Duration.ZERO);
    }

    private static Feeder accounts(int rows, FeederOrder order, FeederEnd end) {
        return new Feeder(
                "accounts",
                order,
                end,
                List.of("account"),
                IntStream.range(0, rows).mapToObj(row -> List.of("a" + row)).toList());
    }

    private static Retry retry(Duration backoff, boolean retryAfter) {
        return new Retry(3, List.of(), List.of(503), backoff, 1, backoff, 0, retryAfter);
    }

    @Test
    void carriesWhatAnAnswerGaveIntoTheNextRequest() {
        on("/orders", exchange -> {
            exchange.getResponseHeaders().add("x-took", "12.5");
            answer(exchange, 201, "{\"order\": {\"id\": \"o/1\"}}");
        });
        on("/get", exchange -> answer(exchange, 200, ""));
        var create = with(
                step(
                        0,
                        "POST",
                        "/orders",
                        Map.of("content-type", "application/json"),
                        "{\"n\":\"${iteration} ${user}\"}"),
                List.of(new Extraction("id", ExtractionKind.JSON_PATH, "$.order.id", Optional.empty())),
                List.of(new Extraction("took", ExtractionKind.HEADER, "X-Took", Optional.empty())),
                Optional.empty());

        load.run(
                plan(rate(10, SHORT, 10), List.of(), scenario(Duration.ZERO, Cookies.NONE, create, get("/get/${id}"))));

        assertThat(seen).contains("POST /orders {\"n\":\"0 0\"}", "GET /get/o%2F1");
        assertThat(seen).anyMatch(request -> request.startsWith("POST /orders {\"n\":\"2 "));
        assertThat(seen).hasSize(6);
        assertThat(load.requests().getFirst().measures()).contains(Map.of("took", 12.5));
        assertThat(load.outcomes()).containsExactly(Outcome.OK);
    }

    @Test
    void endsAnIterationThatLacksAVariable() {
        on("/orders", exchange -> answer(exchange, 200, "{}"));
        var create = with(
                get("/orders"),
                List.of(new Extraction("id", ExtractionKind.JSON_PATH, "$.id", Optional.empty())),
                List.of(),
                Optional.empty());

        load.run(
                plan(rate(10, SHORT, 10), List.of(), scenario(Duration.ZERO, Cookies.NONE, create, get("/get/${id}"))));

        assertThat(seen).containsExactly("GET /orders", "GET /orders", "GET /orders");
        assertThat(load.outcomes()).containsExactly(Outcome.INVALID);
        assertThat(load.last().scheduled()).isEqualTo(3);
    }

    @Test
    void triesAgainWithTheSameRequestAndTellsEachAttempt() {
        on("/pay", exchange -> answer(exchange, seen.size() % 3 == 0 ? 200 : 503, ""));
        var pay = with(
                step(0, "POST", "/pay", Map.of(), "${random.uuid}"),
                List.of(),
                List.of(),
                Optional.of(retry(Duration.ofMillis(20), false)));

        load.run(plan(rate(10, SHORT, 10), List.of(), scenario(Duration.ZERO, Cookies.NONE, pay)));

        assertThat(seen).hasSize(9);
        assertThat(seen.stream().distinct()).hasSize(3);
        assertThat(load.requests().stream().map(RequestTiming::attempt)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(load.last().scheduled()).isEqualTo(9);
        assertThat(load.last().completed()).isEqualTo(9);
        var second = load.requests().get(1);
        assertThat(second.ended() - second.response() - load.requests().get(0).ended())
                .isBetween(19_900L, 20_100L);
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        on("/pay", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "1");
            answer(exchange, seen.size() == 1 ? 503 : 200, "");
        });
        var pay = with(get("/pay"), List.of(), List.of(), Optional.of(retry(Duration.ofMillis(1), true)));

        load.run(plan(rate(1, Duration.ofMillis(2500), 10), List.of(), scenario(Duration.ZERO, Cookies.NONE, pay)));

        var again =
                load.requests().stream().filter(timing -> timing.attempt() == 1).toList();
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().ended()
                        - again.getFirst().response()
                        - load.requests().getFirst().ended())
                .isBetween(999_900L, 1_000_100L);
    }

    @Test
    void takesEachRowOnceAndDropsWhatComesAfterThem() {
        on("/", exchange -> answer(exchange, 200, ""));

        load.run(plan(
                rate(20, SHORT, 10),
                List.of(accounts(4, FeederOrder.SEQUENTIAL, FeederEnd.STOP)),
                fed(get("/${account}"))));

        assertThat(seen).containsExactlyInAnyOrder("GET /a0", "GET /a1", "GET /a2", "GET /a3");
        assertThat(load.last().scheduled()).isEqualTo(6);
        assertThat(load.last().dropped()).isEqualTo(2);
        assertThat(load.ticks()).allSatisfy(tick -> assertThat(tick.saturated()).isEmpty());
    }

    @Test
    void saysThatDataCameToItsEndWhereThatIsAnError() {
        on("/", exchange -> answer(exchange, 200, ""));

        load.run(plan(
                users(2, Duration.ofMillis(1500)),
                List.of(accounts(5, FeederOrder.SEQUENTIAL, FeederEnd.ERROR)),
                fed(get("/${account}"))));

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(load.last().saturated()).isEqualTo("feeder `accounts` is at its end");
        assertThat(load.last().users()).isZero();
    }

    @Test
    void goesRoundInCirclesAndLeavesOutWhatATakeOverMissed() {
        on("/", exchange -> answer(exchange, 200, ""));
        var plan = plan(
                rate(4, Duration.ofMillis(1200), 10),
                List.of(accounts(4, FeederOrder.CIRCULAR, FeederEnd.ERROR)),
                fed(get("/${account}")));

        load.await(load.start(plan, load.load(plan, Instant.now().minusMillis(300)), true));

        assertThat(seen).containsExactly("GET /a2", "GET /a3", "GET /a0");
    }

    @Test
    void keepsItsPace() {
        on("/", exchange -> answer(exchange, 200, ""));

        load.run(plan(
                users(1, Duration.ofMillis(900)), List.of(), scenario(Duration.ofMillis(100), Cookies.NONE, get("/"))));

        var due = load.requests().stream()
                .map(timing -> timing.ended() - timing.response())
                .toList();
        // An iteration that took longer than the pace, as the first of a cold process may, puts the grid off.
        var gaps = IntStream.range(1, due.size())
                .mapToLong(i -> due.get(i) - due.get(i - 1))
                .boxed()
                .toList();
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(99_999L));
        assertThat(gaps).anySatisfy(gap -> assertThat(gap).isBetween(99_999L, 100_001L));
    }

    @Test
    void keepsCookiesForAnIterationOrForGood() {
        on("/login", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=s" + seen.size() + "; Path=/; HttpOnly");
            exchange.getResponseHeaders().add("Set-Cookie", "other=x; Domain=example.org");
            exchange.getResponseHeaders().add("Set-Cookie", "hidden=y; Secure");
            answer(exchange, 200, "");
        });
        on("/me", exchange -> {
            seen.add("cookie " + exchange.getRequestHeaders().getFirst("Cookie"));
            answer(exchange, 200, "");
        });

        load.run(plan(
                rate(10, Duration.ofMillis(200), 10),
                List.of(),
                scenario(Duration.ZERO, Cookies.PER_ITERATION, get("/me"), get("/login"), get("/me"))));

        assertThat(seen)
                .containsExactly(
                        "GET /me",
                        "cookie null",
                        "GET /login",
                        "GET /me",
                        "cookie session=s3",
                        "GET /me",
                        "cookie null",
                        "GET /login",
                        "GET /me",
                        "cookie session=s8");
    }

    @Test
    void authenticatesAndTellsNobody() {
        on("/", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("x-key"));
            answer(exchange, 200, "");
        });
        var step = step(0, "GET", "/", Map.of("x-key", "k-${env:SHOP_SECRET}-${iteration}"), "");
        var scenario = new Scenario(
                "shop",
                1,
                NONE,
                List.of(step),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Cookies.NONE,
                Optional.of(new Credentials(CredentialsKind.BASIC, "SHOP_USER", "SHOP_SECRET")));
        var plan = plan(rate(10, Duration.ofMillis(100), 10), List.of(), scenario);

        load.run(plan);

        assertThat(seen).containsExactly("GET /", "Basic YW5uOnMzY3JldA== k-s3cret-0");
        assertThat(plan.toString() + load.requests() + load.ticks()).doesNotContain("s3cret", "YW5uOnMzY3JldA");
        assertThat(load.bytes()).doesNotContain("s3cret", "YW5uOnMzY3JldA");
        assertThat(String.valueOf((Object) load.secrets())).doesNotContain("s3cret");
    }
}
