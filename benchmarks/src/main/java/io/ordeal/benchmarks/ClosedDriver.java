package io.ordeal.benchmarks;

import io.ordeal.generator.drive.Clock;
import io.ordeal.generator.drive.Equipment;
import io.ordeal.generator.drive.EventLoops;
import io.ordeal.generator.drive.SegmentDriver;
import io.ordeal.generator.drive.Watch;
import io.ordeal.generator.publish.Courier;
import io.ordeal.generator.publish.Lane;
import io.ordeal.generator.publish.Outbox;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.generator.run.RunLoad;
import io.ordeal.generator.run.Tolerance;
import io.ordeal.generator.schedule.Streams;
import io.ordeal.runtime.kafka.KafkaSettings;
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
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;

/// The generator's engine on one event loop with users that do not think. Its arguments: the target, the number of
/// users, and the broker that takes the events, or `off` for none.
public final class ClosedDriver {
    private static final String RUN = "closed-driver";
    private static final int QUEUE = 200_000;
    private static final Duration LONG = Duration.ofMinutes(10);

    private ClosedDriver() {}

    /// Drives load until it is killed.
    public static void main(String[] args) {
        var plan = plan(args[0], Integer.parseInt(args[1]));
        var loops = EventLoops.start(1);
        var equipment = new Equipment(RUN, Clock.started(), Watch.none(), loops, Tolerance.unlimited());
        var outbox = new Outbox(courier(args[2]), new Lane(0, RUN, 0), new byte[5], RUN, 0, 0);
        var load = new RunLoad.Started(Instant.now(), Streams.of(plan), false);
        SegmentDriver.start(plan, 0, load, Optional.empty(), loops.loop(0), equipment, outbox)
                .ended()
                .join();
    }

    private static Courier courier(String broker) {
        if (broker.equals("off")) {
            return new Courier.Nobody(false);
        }
        var kafka = KafkaSettings.plain(broker, "http://127.0.0.1:1"); // nothing here asks the registry
        var producer = new KafkaProducer<byte[], byte[]>(TimingPublisher.batching(kafka.producer()));
        return TimingPublisher.start(producer, kafka.topic(Topic.TIMINGS), QUEUE);
    }

    private static SegmentPlan plan(String target, int users) {
        var step = new Step(0, "page", "GET", "/", Map.of(), "", Duration.ofSeconds(5), Check.NONE);
        var think = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);
        return new SegmentPlan(
                RUN,
                0,
                1,
                1,
                target,
                List.of(new LoadPhase("steady", LoadModel.CONSTANT_USERS, users, users, LONG, true, 1)),
                List.of(new Scenario("visit", 1, think, List.of(step))),
                new Connections(ConnectionMode.PER_USER, 0, Duration.ofSeconds(3)),
                Duration.ofSeconds(1),
                Duration.ofMillis(250));
    }
}
