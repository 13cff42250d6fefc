package io.ordeal.generator;

import io.ordeal.generator.drive.Clock;
import io.ordeal.generator.drive.Equipment;
import io.ordeal.generator.drive.EventLoops;
import io.ordeal.generator.drive.SegmentDriver;
import io.ordeal.generator.drive.Watch;
import io.ordeal.generator.publish.Courier;
import io.ordeal.generator.publish.Lane;
import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.run.Tolerance;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Load that a generator drives against itself when it starts: a cold virtual machine runs at a fraction of its
/// speed for seconds, and the first users of a run must not pay for that. Nothing of it is published.
final class WarmUp implements AutoCloseable {
    private static final String RUN = "warm-up";
    private static final String HOST = "127.0.0.1";
    private static final Buffer ANSWER = Buffer.buffer("warm");

    private final List<SegmentDriver> drivers;
    private final CompletableFuture<Void> over;

    private WarmUp(HttpServer server, List<SegmentDriver> drivers) {
        this.drivers = drivers;
        this.over = CompletableFuture.allOf(
                        drivers.stream().map(SegmentDriver::ended).toArray(CompletableFuture[]::new))
                .thenRun(server::close);
    }

    /// Begins to drive load for `duration` on all of `loops`.
    static WarmUp start(EventLoops loops, int count, Clock clock, Duration duration) {
        var server = loops.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response().end(ANSWER))
                .listen(0, HOST)
                .await();
        var equipment = new Equipment(RUN, clock, Watch.none(), loops, Tolerance.unlimited());
        var courier = new Courier.Nobody(true);
        var phases = phases(duration);
        var startAt = Instant.now();
        var drivers = IntStream.range(0, count)
                .mapToObj(segment -> {
                    var plan = plan(segment, count, server.actualPort(), phases);
                    var outbox = new Outbox(courier, new Lane(segment, RUN, segment), new byte[5], RUN, segment, 0);
                    var load = new RunLoad.Started(startAt, Streams.of(plan), false);
                    return SegmentDriver.start(plan, 0, load, Optional.empty(), loops.loop(segment), equipment, outbox);
                })
                .toList();
        return new WarmUp(server, drivers);
    }

    /// Whether it is over.
    boolean over() {
        return over.isDone();
    }

    /// Ends it at once.
    @Override
    public void close() {
        drivers.forEach(SegmentDriver::abort);
    }

    private static List<LoadPhase> phases(Duration duration) {
        var most = duration.multipliedBy(2).dividedBy(3);
        return List.of(
                new LoadPhase("users", LoadModel.CONSTANT_USERS, 16, 16, most, false, 1),
                new LoadPhase("rate", LoadModel.CONSTANT_RATE, 2000, 2000, duration.minus(most), false, 100));
    }

    private static SegmentPlan plan(int segment, int segments, int port, List<LoadPhase> phases) {
        var check = new Check(List.of(200), "warm");
        var step = new Step(0, RUN, "GET", "/", Map.of(), "", Duration.ofSeconds(1), check);
        var think = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);
        return new SegmentPlan(
                RUN,
                segment,
                segments,
                1,
                "http://" + HOST + ":" + port,
                phases,
                List.of(new Scenario(RUN, 1, think, List.of(step))),
                new Connections(ConnectionMode.PER_USER, 0, Duration.ofSeconds(1)),
                Duration.ofSeconds(1),
                Duration.ofMillis(250));
    }
}
