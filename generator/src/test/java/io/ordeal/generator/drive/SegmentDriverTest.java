package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.get;
import static io.ordeal.generator.drive.TestLoad.plan;
import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.shared;
import static io.ordeal.generator.drive.TestLoad.think;
import static io.ordeal.generator.drive.TestLoad.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.schedule.Adjustment;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.WindowLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SegmentDriverTest {
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
    void sendsExactlyWhatIsScheduledAndSaysSo() {
        load.run(plan(server.port(), NONE, rate(1000, SHORT, 10_000), get("/")));

        var last = load.last();

        assertThat(server.requests).hasValue(400);
        assertThat(load.requests()).hasSize(400);
        assertThat(last)
                .extracting(
                        SegmentTick::scheduled,
                        SegmentTick::dropped,
                        SegmentTick::sent,
                        SegmentTick::completed,
                        SegmentTick::published,
                        SegmentTick::lost)
                .containsExactly(400L, 0L, 400L, 400L, 400L, 0L);
        assertThat(last.finished()).isTrue();
        assertThat(load.ticks().stream().filter(SegmentTick::finished)).hasSize(1);
    }

    @Test
    void numbersEventsAndAttemptsWithoutAGap() {
        load.run(plan(server.port(), NONE, rate(500, SHORT, 10_000), get("/")));

        assertThat(load.requests().stream().map(RequestTiming::sequence))
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
        assertThat(load.requests().stream().map(RequestTiming::index).sorted())
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
    }

    @Test
    void measuresFromTheScheduledInstant() {
        var start = Instant.now().plusMillis(100);
        var plan = plan(server.port(), NONE, rate(100, SHORT, 10_000), get("/"));

        load.await(load.start(plan, load.load(plan, start), false));

        long first = start.getEpochSecond() * 1_000_000 + start.getNano() / 1000;
        assertThat(load.requests().stream()
                        .map(timing -> timing.ended() - timing.response() - first)
                        .sorted())
                .containsExactlyElementsOf(
                        LongStream.range(0, 40).map(n -> n * 10_000).boxed().toList());
    }

    @Test
    void accountsForEveryWindow() {
        load.run(plan(server.port(), NONE, rate(1000, SHORT, 10_000), get("/")));

        var windows = new HashMap<Instant, WindowLedger>();
        load.ticks().forEach(tick -> tick.windows().forEach(window -> windows.put(window.start(), window)));

        assertThat(windows.values().stream().mapToInt(WindowLedger::scheduled).sum())
                .isEqualTo(400);
        assertThat(windows.values().stream().mapToInt(WindowLedger::sent).sum()).isEqualTo(400);
        assertThat(windows.values().stream().mapToInt(WindowLedger::completed).sum())
                .isEqualTo(400);
    }

    @Test
    void dropsAndCountsArrivalsBeyondTheLimit() {
        var release = new CountDownLatch(1);
        try (var stuck = new RawServer((socket, _) -> held(release) && RawServer.write(socket, OK))) {
            var driver = load.start(plan(stuck.port(), NONE, rate(100, SHORT, 5), get("/")));
            await().until(() ->
                    driver.latest().filter(tick -> tick.scheduled() == 40).isPresent());
            release.countDown();
            load.await(driver);

            assertThat(load.last())
                    .extracting(SegmentTick::scheduled, SegmentTick::dropped, SegmentTick::sent, SegmentTick::completed)
                    .containsExactly(40L, 35L, 5L, 5L);
        }
    }

    @Test
    void performsTheStepsOfAnIterationInOrder() {
        load.run(plan(
                server.port(),
                think(Duration.ofMillis(1)),
                rate(5, SHORT, 10_000),
                get("/one"),
                get("/two"),
                get("/three")));

        assertThat(server.heads.stream().map(head -> head.split(" ", -1)[1]).toList())
                .startsWith("/one", "/two", "/three");
        assertThat(load.last().scheduled()).isEqualTo(6);
    }

    @Test
    void letsSharedConnectionsWaitAndCountsTheWait() {
        var plan = shared(plan(server.port(), NONE, users(10, SHORT), get("/")), 2);

        load.run(plan);

        assertThat(server.connections).hasValue(2);
        assertThat(load.outcomes()).containsExactly(Outcome.OK);
        assertThat(load.requests().stream().filter(timing -> timing.blocked() > 0))
                .isNotEmpty();
        assertThat(load.last().scheduled())
                .isEqualTo(load.last().sent() + load.last().dropped());
    }

    @Test
    void stopsWhenItIsToldTo() {
        var driver = load.start(plan(server.port(), NONE, rate(200, LONG, 10), get("/")));
        await().until(() -> server.requests.get() > 10);

        driver.change(new RunLoad.Stopped("enough"));
        load.await(driver);

        assertThat(load.last().finished()).isTrue();
        assertThat(load.last().completed()).isEqualTo(server.requests.get());
    }

    @Test
    void countsWhatIsDueDuringAPauseAsDropped() {
        var plan = plan(server.port(), NONE, rate(200, LONG, 10), get("/"));
        var started = load.load(plan, Instant.now());
        var driver = load.start(plan, started, false);
        await().until(() -> server.requests.get() > 10);

        driver.change(new RunLoad.Started(started.startAt(), started.streams(), true));
        await().until(() -> driver.latest().filter(tick -> tick.dropped() > 20).isPresent());
        int during = server.requests.get();
        driver.change(started);
        await().until(() -> server.requests.get() > during + 10);
        driver.change(new RunLoad.Stopped(""));
        load.await(driver);

        assertThat(load.last().scheduled())
                .isEqualTo(load.last().sent() + load.last().dropped());
    }

    @Test
    void usersRestDuringAPause() {
        var plan = plan(server.port(), think(Duration.ofMillis(5)), users(3, LONG), get("/"));
        var started = load.load(plan, Instant.now().minusSeconds(2));
        var driver = load.start(plan, started, true);
        await().until(() -> server.requests.get() > 10);

        driver.change(new RunLoad.Started(started.startAt(), started.streams(), true));
        await().until(() -> driver.latest().filter(tick -> tick.users() == 0).isPresent());
        int during = server.requests.get();
        driver.change(started);
        await().until(() -> server.requests.get() > during + 10);
        driver.change(new RunLoad.Stopped(""));
        load.await(driver);

        assertThat(load.last().dropped()).isZero();
    }

    @Test
    void goesByAnAdjustedRateFromItsInstantOn() {
        var plan = plan(server.port(), NONE, rate(10, LONG, 10_000), get("/"));
        var started = load.load(plan, Instant.now());
        var driver = load.start(plan, started, false);
        await().until(() -> server.requests.get() > 3);

        long at = Duration.between(started.startAt(), Instant.now())
                .plusMillis(100)
                .toNanos();
        var slow = started.streams().loads().getFirst();
        var fast = slow.timeline().adjusted(at, new Adjustment.ToRate(500)).orElseThrow();
        driver.change(new RunLoad.Started(started.startAt(), started.streams().with(slow, fast), false));
        await().until(() -> driver.latest().filter(tick -> tick.rate() == 500).isPresent());
        await().until(() -> server.requests.get() > 300);
        driver.change(new RunLoad.Stopped(""));
        load.await(driver);

        var due = load.requests().stream()
                .map(timing -> timing.ended() - timing.response())
                .sorted()
                .toList();
        assertThat(due).doesNotHaveDuplicates();
        assertThat(due.getLast() - due.get(due.size() - 101)).isBetween(199_990L, 200_010L);
    }

    @Test
    void skipsAndCountsWhatAnEarlierOwnerShouldHaveSent() {
        var plan = plan(server.port(), NONE, rate(100, Duration.ofMillis(1200), 10_000), get("/"));

        load.await(load.start(plan, load.load(plan, Instant.now().minusSeconds(1)), true));

        assertThat(load.last().skipped()).isBetween(100L, 120L);
        assertThat(load.last().skipped() + load.last().scheduled()).isEqualTo(120);
    }

    @Test
    void sendsLateWhatItShouldHaveSentItself() {
        var plan = plan(server.port(), NONE, rate(100, Duration.ofMillis(1200), 10_000), get("/"));

        load.await(load.start(plan, load.load(plan, Instant.now().minusSeconds(1)), false));

        assertThat(load.last())
                .extracting(SegmentTick::skipped, SegmentTick::sent)
                .containsExactly(0L, 120L);
        assertThat(load.requests().getFirst().delay()).isGreaterThan(500_000L);
        assertThat(load.ticks()).anyMatch(tick -> tick.saturated().contains("ms late"));
    }

    @Test
    void handsOverWithoutSayingThatTheSegmentIsFinished() {
        var driver = load.start(plan(server.port(), NONE, rate(200, LONG, 10), get("/")));
        await().until(() -> server.requests.get() > 10);

        driver.handOver(Instant.now());
        load.await(driver);

        assertThat(load.ticks()).noneMatch(SegmentTick::finished);
        assertThat(load.last().inFlight()).isZero();
    }

    @Test
    void abortsWhatIsInFlight() {
        var release = new CountDownLatch(1);
        try (var stuck = new RawServer((_, _) -> held(release))) {
            var driver =
                    load.start(plan(stuck.port(), NONE, rate(100, LONG, 5), get("/", LONG, new Check(List.of(), ""))));
            await().until(() ->
                    driver.latest().filter(tick -> tick.inFlight() == 5).isPresent());

            driver.abort();
            load.await(driver);

            assertThat(load.requests())
                    .hasSize(5)
                    .extracting(RequestTiming::outcome)
                    .containsOnly(Outcome.ABORTED);
        }
        release.countDown();
    }

    @Test
    void ticksAreWatermarks() {
        load.run(plan(server.port(), NONE, rate(1000, SHORT, 10_000), get("/")));

        assertThat(load.inOrder()).isTrue();
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
