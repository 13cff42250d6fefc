package io.ordeal.generator;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.ordeal.generator.control.Desk;
import io.ordeal.generator.control.Ordered;
import io.ordeal.generator.control.ProcessLimits;
import io.ordeal.generator.control.SegmentGroup;
import io.ordeal.generator.drive.Clock;
import io.ordeal.generator.drive.Equipment;
import io.ordeal.generator.drive.EventLoops;
import io.ordeal.generator.publish.TimingPublisher;
import io.ordeal.generator.user.Secrets;
import io.ordeal.runtime.Service;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.runtime.kafka.DeadLetters;
import io.ordeal.runtime.kafka.KafkaMeters;
import io.ordeal.runtime.kafka.Publisher;
import io.ordeal.runtime.kafka.Received;
import io.ordeal.runtime.kafka.RecordLoop;
import io.ordeal.runtime.kafka.Wire;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The generator as a running service: joins the group of generators, drives the segments that fall to it as the
/// control topic says, and publishes what came of every request.
public final class GeneratorService implements Service {
    private static final Logger log = LoggerFactory.getLogger(GeneratorService.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SUCCESSION = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration HISTORY = Duration.ofHours(48);

    private final Deque<AutoCloseable> parts;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SegmentGroup group;
    private final RecordLoop<Command> commands;
    private final WarmUp warmUp;
    private final int port;

    private GeneratorService(Settings settings, GeneratorSettings own, Secrets secrets, Deque<AutoCloseable> parts) {
        this.parts = parts;
        var registry = new PrometheusRegistry();
        var clock = Clock.started();
        var loops = part(EventLoops.start(own.eventLoops()));
        warmUp = part(WarmUp.start(loops, own.eventLoops(), clock, own.warmUp()));
        var kafka = settings.kafka();
        var wire = part(Wire.open(kafka, PATIENCE));
        var letters = part(DeadLetters.open(kafka));
        var lifecycle = part(Publisher.open(kafka, wire, Topic.LIFECYCLE, LifecycleEvent.class));
        var producer = new KafkaProducer<byte[], byte[]>(TimingPublisher.batching(kafka.producer()));
        var publisher = part(TimingPublisher.start(producer, kafka.topic(Topic.TIMINGS), own.queue()));
        int partitions = producer.partitionsFor(kafka.topic(Topic.TIMINGS)).size();
        var name = "generator@" + settings.instance();
        var metrics = new GeneratorMetrics(registry, publisher::waiting);
        var equipment = new Equipment(name, clock, metrics, loops, own.tolerance(), secrets);
        var fleet = new LocalFleet(loops, equipment, publisher, wire.prefix(Topic.TIMINGS), partitions, warmUp::close);
        metrics.register(registry, publisher, fleet::ticks);
        part(() -> fleet.end(own.drain()));
        var desk =
                new Desk(name, InstantSource.system(), fleet, ProcessLimits::read, event -> publish(lifecycle, event));
        part(RecordLoop.start(
                "ordeal-generator-owners",
                kafka,
                wire,
                Topic.LIFECYCLE,
                LifecycleEvent.class,
                new RecordLoop.End(),
                received -> owned(desk, received.value()),
                letters));
        commands = part(RecordLoop.start(
                "ordeal-generator-control",
                kafka,
                wire,
                Topic.CONTROL,
                Command.class,
                new RecordLoop.At(Instant.now().minus(HISTORY)),
                received -> desk.command(ordered(received)),
                letters));
        Thread.ofVirtual().name("ordeal-generator-history").start(() -> awaitHistory(desk));
        part(() -> awaitSuccessors(desk));
        group = part(SegmentGroup.join(
                new KafkaConsumer<>(SegmentGroup.membership(kafka.consumer(), kafka.topicPrefix() + "generators")),
                kafka.topic(Topic.SEGMENTS),
                bytes -> wire.decode(Topic.SEGMENTS, SegmentPlan.class, bytes),
                letters::send,
                desk));
        var probes =
                part(ProbeServer.start("generator", settings.httpHost(), settings.httpPort(), this::ready, registry));
        part(KafkaMeters.show(registry, kafka, new KafkaClientMetrics(producer)));
        port = probes.port();
        log.atInfo()
                .addKeyValue("instance", name)
                .addKeyValue("transport", loops.transport())
                .addKeyValue("eventLoops", own.eventLoops())
                .addKeyValue("partitions", partitions)
                .addKeyValue("http", settings.httpHost() + ":" + port)
                .log("the generator has started");
    }

    /// Starts a generator; it is ready when it has its part of the segments, knows the commands of the last two
    /// days and is warm.
    ///
    /// @param secrets what plans may have of the environment
    public static GeneratorService start(Settings settings, GeneratorSettings generatorSettings, Secrets secrets) {
        var parts = new ArrayDeque<AutoCloseable>();
        try {
            return new GeneratorService(settings, generatorSettings, secrets, parts);
        } catch (RuntimeException e) {
            parts.forEach(GeneratorService::end);
            throw e;
        }
    }

    @Override
    public String name() {
        return "generator";
    }

    @Override
    public boolean ready() {
        return !closed.get() && group.member() && commands.caughtUp() && warmUp.over();
    }

    /// Returns the port of the HTTP server with `/live`, `/ready` and `/metrics`.
    public int httpPort() {
        return port;
    }

    /// Leaves the group, lets what is in flight finish, and publishes what is left.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.forEach(GeneratorService::end);
        }
    }

    private void awaitHistory(Desk desk) {
        while (!closed.get() && !commands.awaitCaughtUp(Duration.ofSeconds(1))) {
            // the broker is slow, or there is much to read
        }
        desk.commandsRead();
    }

    /// Gives those who take over from us the time to do so.
    private static void awaitSuccessors(Desk desk) {
        long deadline = System.nanoTime() + SUCCESSION.toNanos();
        while (!desk.succeeded() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static void owned(Desk desk, LifecycleEvent event) {
        if (event.event() instanceof LifecycleEvent.SegmentTaken(int segment, int epoch)) {
            desk.owned(event.run(), segment, epoch, event.at());
        }
    }

    private static Ordered ordered(Received<Command> received) {
        return new Ordered(received.value(), received.timestamp());
    }

    private static void publish(Publisher<LifecycleEvent> lifecycle, LifecycleEvent event) {
        var _ = lifecycle.publish(event.run(), event).whenComplete((_, failure) -> {
            if (failure != null) {
                log.atError()
                        .setCause(failure)
                        .addKeyValue("run", event.run())
                        .addKeyValue("event", event.event())
                        .log("a lifecycle event could not be published");
            }
        });
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // the other parts have to end, too
            log.atError().setCause(e).log("a part of the generator did not end well");
        }
    }
}
