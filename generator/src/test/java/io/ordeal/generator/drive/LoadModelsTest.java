package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.get;
import static io.ordeal.generator.drive.TestLoad.plan;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.schedule.Adjustment;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.Think;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadModelsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Think NONE = think(Duration.ZERO);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final TestLoad load = new TestLoad();
    private final RawServer server = new RawServer((socket, _) -> RawServer.write(socket, OK));

    @AfterEach
    void close() {
        load.close();
        server.close();
    }

    @Test
    void eachUserPerformsItsIterations() {
        load.run(plan(server.port(), NONE, counted(LoadModel.ITERATIONS_PER_USER, 3, 5, true), get("/")));

        assertThat(requestsOfUsers()).isEqualTo(Map.of(0, 5L, 1, 5L, 2, 5L));
    }

    @Test
    void usersShareIterations() {
        load.run(plan(server.port(), NONE, counted(LoadModel.SHARED_ITERATIONS, 4, 10, false), get("/")));

        assertThat(load.requests()).hasSize(10);
    }

    @Test
    void fewerIterationsThanUsersAreStillPerformed() {
        load.run(plan(server.port(), NONE, counted(LoadModel.SHARED_ITERATIONS, 5, 2, true), get("/")));

        assertThat(load.requests()).hasSize(2);
        assertThat(load.last().dropped()).isZero();
    }

    @Test
    void performsNoIterationThatAnEarlierOwnerMayHavePerformed() {
        var plan = plan(server.port(), NONE, counted(LoadModel.SHARED_ITERATIONS, 5, 100, true), get("/"));

        load.await(load.start(plan, load.load(plan, Instant.now().minusMillis(200)), true));

        assertThat(load.requests()).isEmpty();
        assertThat(load.last().skipped()).isEqualTo(100);
    }

    @Test
    void usersComeBackAfterAPhaseWithFewer() {
        var few = users(1, SHORT);
        var many = users(3, SHORT);
        load.run(with(
                plan(server.port(), think(Duration.ofMillis(20)), many, get("/")),
                List.of(many, few, many),
                List.of(),
                Duration.ZERO));

        assertThat(usersOfPhase(0)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(usersOfPhase(2)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void arrivalsAtOnceAreDueInOneInstant() {
        var burst =
                new LoadPhase("burst", LoadModel.ARRIVALS, 0, 0, SHORT, true, 1000, 0, Duration.ZERO, 300, true, false);

        load.run(plan(server.port(), NONE, burst, get("/")));

        assertThat(load.requests()).hasSize(300);
        assertThat(load.requests().stream().map(timing -> timing.ended() - timing.response()))
                .containsOnly(load.requests().getFirst().ended()
                        - load.requests().getFirst().response());
    }

    @Test
    void aBurstIsMadeOnceThoughTheLoadIsAdjustedMeanwhile() {
        var burst =
                new LoadPhase("burst", LoadModel.ARRIVALS, 0, 0, LONG, true, 5000, 0, Duration.ZERO, 2000, true, false);
        var plan = plan(server.port(), NONE, burst, get("/"));
        var started = load.load(plan, Instant.now());
        var driver = load.start(plan, started, false);
        var one = started.streams().loads().getFirst();
        var adjusted = one.timeline()
                .adjusted(LONG.toNanos() / 2, new Adjustment.ToRate(1))
                .orElseThrow();
        driver.change(new RunLoad.Started(started.startAt(), started.streams().with(one, adjusted), false));
        await().until(() -> server.requests.get() >= 2000);

        driver.change(new RunLoad.Stopped("enough"));
        load.await(driver);

        assertThat(load.last().scheduled()).isEqualTo(2000);
    }

    @Test
    void drivesLoadsSideBySideWithUsersOfTheirOwn() {
        var base = plan(server.port(), NONE, users(2, SHORT), get("/mix"));
        var own = own("own", Duration.ofMillis(200), rate(100, SHORT), named(7, "/own"));

        load.run(with(base, base.phases(), List.of(own), Duration.ZERO));

        var mine =
                load.requests().stream().filter(timing -> timing.request() == 7).toList();
        var theirs = load.requests().stream()
                .filter(timing -> timing.request() != 7)
                .map(RequestTiming::user)
                .collect(Collectors.toSet());
        assertThat(mine).hasSize(40).allMatch(timing -> timing.phase() == 0);
        assertThat(mine).extracting(RequestTiming::user).doesNotContainAnyElementsOf(theirs);
        assertThat(theirs).hasSize(2);
        assertThat(load.ticks()).anyMatch(tick -> tick.rate() == 100 && tick.users() >= 2);
    }

    @Test
    void drivesScenariosThatAllHaveLoadsOfTheirOwn() {
        var base = plan(server.port(), NONE, users(50, SHORT), get("/never"));
        var one = own("one", Duration.ZERO, rate(100, SHORT), named(1, "/one"));
        var two = own("two", Duration.ZERO, rate(50, SHORT), named(2, "/two"));

        load.run(new SegmentPlan(
                base.run(),
                0,
                1,
                42,
                base.target(),
                base.phases(),
                List.of(one, two),
                base.connections(),
                base.window(),
                base.tick(),
                List.of(),
                Duration.ZERO));

        assertThat(load.requests().stream()
                        .collect(Collectors.groupingBy(RequestTiming::request, Collectors.counting())))
                .isEqualTo(Map.of(1, 40L, 2, 20L));
    }

    @Test
    void letsIterationsUnderWayEndGracefully() {
        var think = think(Duration.ofMillis(150));
        var plan = plan(server.port(), think, users(3, Duration.ofMillis(200)), get("/one"), named(5, "/two"));

        load.run(with(plan, plan.phases(), List.of(), Duration.ofSeconds(10)));

        assertThat(load.requests().stream().filter(timing -> timing.request() == 4))
                .hasSameSizeAs(load.requests().stream()
                        .filter(timing -> timing.request() == 5)
                        .toList());
        assertThat(load.outcomes()).containsExactly(Outcome.OK);
    }

    @Test
    void letsIterationsEndGracefullyWhenItIsStopped() {
        var think = think(Duration.ofMillis(100));
        var plan = plan(server.port(), think, users(3, LONG), get("/one"), named(5, "/two"));
        var driver = load.start(with(plan, plan.phases(), List.of(), Duration.ofSeconds(10)));
        await().until(() -> server.requests.get() >= 1);

        driver.change(new RunLoad.Stopped("enough"));
        load.await(driver);

        assertThat(load.requests().size()).isEven().isPositive();
    }

    @Test
    void abortsWhatIsInFlightWhenTheGraceIsOver() {
        var release = new CountDownLatch(1);
        try (var stuck = new RawServer((_, _) -> held(release))) {
            var plan = plan(stuck.port(), NONE, users(2, SHORT), get("/", LONG, new Check(List.of(), "")));

            load.run(with(plan, plan.phases(), List.of(), Duration.ofMillis(100)));

            assertThat(load.requests())
                    .hasSize(2)
                    .extracting(RequestTiming::outcome)
                    .containsOnly(Outcome.ABORTED);
        }
        release.countDown();
    }

    @Test
    void usersThatAreToEndFinishTheirIterationFirst() {
        var down = new LoadPhase("down", LoadModel.RAMPING_USERS, 4, 0, SHORT, true, 1);
        var off = users(1, SHORT);
        var plan = plan(server.port(), think(Duration.ofMillis(60)), down, get("/one"), named(5, "/two"));

        load.run(with(plan, List.of(down, off), List.of(), Duration.ofSeconds(10)));

        assertThat(load.requests().size()).isEven();
        assertThat(usersOfPhase(1)).contains(0);
        assertThat(load.ticks()).extracting(SegmentTick::users).contains(1);
    }

    private Map<Integer, Long> requestsOfUsers() {
        return load.requests().stream().collect(Collectors.groupingBy(RequestTiming::user, Collectors.counting()));
    }

    private Set<Integer> usersOfPhase(int phase) {
        return load.requests().stream()
                .filter(timing -> timing.phase() == phase)
                .map(RequestTiming::user)
                .collect(Collectors.toSet());
    }

    private static LoadPhase counted(LoadModel model, int users, long count, boolean atOnce) {
        return new LoadPhase("counted", model, users, users, SHORT, true, 1, 0, Duration.ZERO, count, atOnce, false);
    }

    private static LoadPhase rate(double rate, Duration duration) {
        return TestLoad.rate(rate, duration, 1000);
    }

    private static Step named(int request, String path) {
        return new Step(request, path, "GET", path, Map.of(), "", Duration.ofSeconds(5), new Check(List.of(), ""));
    }

    private static Scenario own(String name, Duration start, LoadPhase phase, Step step) {
        return new Scenario(
                name,
                0,
                NONE,
                List.of(step),
                List.of(phase),
                start,
                Duration.ZERO,
                List.of(),
                Cookies.NONE,
                Optional.empty());
    }

    private static SegmentPlan with(SegmentPlan plan, List<LoadPhase> phases, List<Scenario> more, Duration graceful) {
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                plan.target(),
                phases,
                Stream.of(plan.scenarios(), more).flatMap(List::stream).toList(),
                plan.connections(),
                plan.window(),
                plan.tick(),
                List.of(),
                graceful);
    }

    private static boolean held(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
