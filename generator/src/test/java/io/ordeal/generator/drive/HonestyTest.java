package io.ordeal.generator.drive;

import static io.ordeal.generator.drive.TestLoad.get;
import static io.ordeal.generator.drive.TestLoad.plan;
import static io.ordeal.generator.drive.TestLoad.rate;
import static io.ordeal.generator.drive.TestLoad.think;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentPlan;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A service that stands still again and again, and what its schedule says that its users must have seen. Who measures
/// from sending, or sends less while it waits, sees little of it.
final class HonestyTest {
    private static final Clock CLOCK = Clock.started();

    /// Longer by hand: `-Dtest.jvm.args=-Dordeal.honesty.seconds=60` stops for 1 s in every 10 s.
    private static final long SECONDS = Long.getLong("ordeal.honesty.seconds", 9);

    private static final int RATE = SECONDS < 20 ? 300 : 1000;

    /// What a machine that does other things, too, may add, milliseconds.
    private static final double BUSY = Long.getLong("ordeal.honesty.busy", 20);

    /// Percentiles that fall well into the stalls.
    private static final double[] INSIDE = {0.95, 0.98, 0.99, 0.995, 0.999};

    private static final long STALL = Duration.ofSeconds(1).toNanos();
    private static final long EVERY = Duration.ofSeconds(SECONDS < 20 ? 3 : 10).toNanos();

    @Test
    void reportsThePercentilesThatTheScheduleImplies() {
        var start = Instant.now().plusMillis(300);
        try (var server = new Stalling(start);
                var load = new TestLoad()) {
            var plan = patient(
                    plan(server.port, think(Duration.ZERO), rate(RATE, Duration.ofSeconds(SECONDS), 10_000), get("/")));
            var driver = load.start(plan, load.load(plan, start), false);
            driver.ended().orTimeout(SECONDS + 20, TimeUnit.SECONDS).join();
            load.await(driver);

            long warm = (Clock.nanos(start) + EVERY) / 1000;
            var measured = load.requests().stream()
                    .filter(request -> request.ended() - request.response() >= warm)
                    .map(RequestTiming::response)
                    .sorted()
                    .toList();
            var exact = server.exact();
            assertThat(measured).hasSameSizeAs(exact);
            for (double percentile : INSIDE) {
                int place = (int) Math.ceil(percentile * exact.size()) - 1;
                double millis = exact.get(place) / 1e3;
                assertThat(measured.get(place) / 1e3)
                        .as("p%s of %s requests", percentile * 100, exact.size())
                        .isCloseTo(millis, within(Math.max(millis / 100, BUSY)));
            }
        }
    }

    private static SegmentPlan patient(SegmentPlan plan) {
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                plan.target(),
                plan.phases(),
                plan.scenarios(),
                new Connections(ConnectionMode.PER_USER, 0, Duration.ofSeconds(5)),
                plan.window(),
                plan.tick());
    }

    /// The service stands still in the last second of each period.
    private static long stallLeft(long sinceStart) {
        long into = Math.floorMod(sinceStart, EVERY);
        return into >= EVERY - STALL ? EVERY - into : 0;
    }

    /// Answers at once, or all together when it goes on.
    private static final class Stalling implements AutoCloseable {
        private final EventLoops loops = EventLoops.start(1);
        private final Deque<HttpServerResponse> waiting = new ArrayDeque<>();
        private final List<Long> answered = new ArrayList<>();
        private final long start;
        private final int port;

        Stalling(Instant start) {
            this.start = Clock.nanos(start);
            this.port = loops.vertx()
                    .createHttpServer()
                    .requestHandler(request -> answer(request.response()))
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();
        }

        private void answer(HttpServerResponse response) {
            long left = stallLeft(CLOCK.nanos() - start);
            if (left == 0) {
                end(response);
                return;
            }
            if (waiting.isEmpty()) {
                var _ = loops.loop(0).nettyEventLoop().schedule(this::goOn, left, TimeUnit.NANOSECONDS);
            }
            waiting.add(response);
        }

        private void goOn() {
            waiting.forEach(this::end);
            waiting.clear();
        }

        private void end(HttpServerResponse response) {
            answered.add(CLOCK.nanos());
            response.end();
        }

        /// Returns the response times, in microseconds, that the schedule and the answers of the service make, sorted;
        /// without those of the first period, in which the virtual machine is cold.
        List<Long> exact() {
            return LongStream.range(RATE * EVERY / 1_000_000_000L, RATE * SECONDS)
                    .map(n -> (answered.get((int) n) - start - n * 1_000_000_000L / RATE) / 1000)
                    .sorted()
                    .boxed()
                    .toList();
        }

        @Override
        public void close() {
            loops.close();
        }
    }
}
