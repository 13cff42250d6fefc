package io.ordeal.generator.drive;

import io.ordeal.generator.publish.Lane;
import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.run.Tolerance;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.generator.user.Secrets;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import io.ordeal.schemas.load.TimingEvent;
import io.ordeal.schemas.wire.TimingCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Load on real event loops and sockets, whose events end in memory.
final class TestLoad implements AutoCloseable {
    private static final byte[] PREFIX = {0, 0, 0, 0, 1};

    private static final Tolerance TOLERANCE = new Tolerance(1_000_000_000, 1_000_000_000, 1_000_000_000, 90_000, 2);

    final EventLoops loops = EventLoops.start(1);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final TimingPublisher publisher = TimingPublisher.start(producer, "timings", 100_000);
    private final Clock clock = Clock.started();
    private final Equipment equipment;

    TestLoad() {
        this(Map.of());
    }

    TestLoad(Map<String, String> environment) {
        var secrets = new Secrets(name -> Optional.ofNullable(environment.get(name)));
        equipment = new Equipment("generator@test", clock, Watch.none(), loops, TOLERANCE, secrets);
    }

    static LoadPhase users(int users, Duration duration) {
        return new LoadPhase("users", LoadModel.CONSTANT_USERS, users, users, duration, true, 1);
    }

    static LoadPhase rate(double rate, Duration duration, int maxInFlight) {
        return new LoadPhase("rate", LoadModel.CONSTANT_RATE, rate, rate, duration, true, maxInFlight);
    }

    static Step get(String path, Duration timeout, Check check) {
        return new Step(4, path, "GET", path, Map.of("x-test", "yes"), "", timeout, check);
    }

    static Step get(String path) {
        return get(path, Duration.ofSeconds(5), new Check(List.of(), ""));
    }

    static Think think(Duration time) {
        return new Think(ThinkKind.CONSTANT, time, time);
    }

    static SegmentPlan plan(int port, Think think, LoadPhase phase, Step... steps) {
        return new SegmentPlan(
                "run",
                0,
                1,
                42,
                "http://127.0.0.1:" + port,
                List.of(phase),
                List.of(new Scenario("scenario", 1, think, List.of(steps))),
                new Connections(ConnectionMode.PER_USER, 0, Duration.ofMillis(500)),
                Duration.ofMillis(100),
                Duration.ofMillis(50));
    }

    static SegmentPlan shared(SegmentPlan plan, int limit) {
        return with(plan, plan.target(), new Connections(ConnectionMode.SHARED, limit, Duration.ofMillis(500)));
    }

    /// Returns `plan` with another target, reached over other connections.
    static SegmentPlan with(SegmentPlan plan, String target, Connections connections) {
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                target,
                plan.phases(),
                plan.scenarios(),
                connections,
                plan.window(),
                plan.tick());
    }

    RunLoad.Started load(SegmentPlan plan, Instant startAt) {
        return new RunLoad.Started(startAt, Streams.of(plan), false);
    }

    SegmentDriver start(SegmentPlan plan) {
        return start(plan, load(plan, Instant.now()), false);
    }

    SegmentDriver start(SegmentPlan plan, RunLoad.Started load, boolean takeOver) {
        var outbox = new Outbox(publisher, new Lane(0, "run", 0), PREFIX, "run", 0, 1);
        var from = Optional.of(Instant.now()).filter(_ -> takeOver);
        return SegmentDriver.start(plan, 1, load, from, loops.loop(0), equipment, outbox);
    }

    /// Drives `plan` to its end.
    TestLoad run(SegmentPlan plan) {
        await(start(plan));
        return this;
    }

    void await(SegmentDriver driver) {
        driver.ended().orTimeout(20, TimeUnit.SECONDS).join();
        publisher.close();
    }

    List<RequestTiming> requests() {
        return events(RequestTiming.class).toList();
    }

    /// Returns everything that was published, as text.
    String bytes() {
        return producer.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    Secrets secrets() {
        return equipment.secrets();
    }

    List<Outcome> outcomes() {
        return requests().stream().map(RequestTiming::outcome).distinct().toList();
    }

    List<SegmentTick> ticks() {
        return events(SegmentTick.class).toList();
    }

    SegmentTick last() {
        return ticks().getLast();
    }

    /// Whether no request that ended before a tick stands behind it.
    boolean inOrder() {
        long watermark = Long.MIN_VALUE;
        for (var event : events().toList()) {
            switch (event) {
                case SegmentTick tick -> watermark = Clock.nanos(tick.at()) / 1000;
                case RequestTiming request -> {
                    if (request.ended() < watermark) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private <T> Stream<T> events(Class<T> type) {
        return events().filter(type::isInstance).map(type::cast);
    }

    private Stream<TimingEvent> events() {
        var codec = new TimingCodec();
        return producer.history().stream()
                .map(record -> codec.decode(record.value(), PREFIX.length).event());
    }

    @Override
    public void close() {
        publisher.close();
        loops.close();
    }
}
