package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowVerdict;
import io.ordeal.schemas.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Prints how long after the end of a window a reader of committed records has its verdict. Not a test.
final class VerdictDelay {
    private static final FixedFrames FRAMES = new FixedFrames();

    private VerdictDelay() {}

    /// Plays a run of `arguments[1]` seconds in the folder `arguments[0]`.
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        try (var broker = TestBroker.start(folder)) {
            broker.createTopics(2);
            var settings =
                    new Settings("delay", broker.settings(), "127.0.0.1", 0, folder.resolve("state"), Optional.empty());
            try (var service = AggregatorService.start(settings, AggregatorSettings.usual(), FRAMES, () -> {})) {
                while (!service.ready()) {
                    LockSupport.parkNanos(1_000_000);
                }
                var rehearsal = new Rehearsal(new Rehearsal.Shape(
                        "run",
                        1,
                        Micros.of(Instant.now().plusSeconds(2)),
                        1_000_000,
                        2,
                        500,
                        Integer.parseInt(arguments[1]) * 1_000_000L,
                        -1,
                        0,
                        -1,
                        false,
                        List.of("p95 < 100ms", "errors < 5%")));
                var player = Thread.ofPlatform().start(() -> play(broker, rehearsal));
                measure(broker);
                player.join();
            }
        }
        System.exit(0);
    }

    private static void measure(TestBroker broker) {
        var delays = new ArrayList<Long>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(broker.settings().consumer())) {
            var partitions = List.of(new TopicPartition(broker.settings().topic(Topic.VERDICTS), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(20))) {
                    var decoded = FRAMES.decode(Topic.VERDICTS, VerdictEvent.class, record.value());
                    if (!(decoded instanceof Decoded.Good<VerdictEvent>(var event))) {
                        continue;
                    }
                    if (event.verdict() instanceof WindowVerdict) {
                        delays.add(Duration.between(event.at(), Instant.now()).toMillis());
                    } else if (event.verdict() instanceof RunVerdict) {
                        Collections.sort(delays);
                        System.out.printf(
                                "verdict delay of %d: p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                                delays.size(),
                                delays.get(delays.size() / 2),
                                delays.get(delays.size() * 9 / 10),
                                delays.get(delays.size() * 99 / 100),
                                delays.getLast());
                        return;
                    }
                }
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(long at, Topic topic, int partition, byte[] value) {}

    private static void play(TestBroker broker, Rehearsal rehearsal) {
        var messages = new ArrayList<Message>();
        rehearsal
                .segments()
                .forEach(segment -> segment.forEach(said -> messages.add(new Message(
                        said.at(),
                        Topic.TIMINGS,
                        said.timing().segment() % 2,
                        FRAMES.encode(Topic.TIMINGS, Timing.class, said.timing())))));
        rehearsal
                .lifecycle()
                .forEach(event -> messages.add(new Message(
                        Micros.of(event.at()),
                        Topic.LIFECYCLE,
                        0,
                        FRAMES.encode(Topic.LIFECYCLE, LifecycleEvent.class, event))));
        messages.sort(Comparator.comparingLong(Message::at));
        messages.addFirst(new Message(
                0, Topic.OBJECTIVES, 0, FRAMES.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives())));
        try (var producer = new KafkaProducer<byte[], byte[]>(broker.settings().producer())) {
            for (var message : messages) {
                for (long early = message.at - Micros.of(Instant.now()); early > 0; ) {
                    LockSupport.parkNanos(early * 1000);
                    early = message.at - Micros.of(Instant.now());
                }
                var _ = producer.send(new ProducerRecord<>(
                        broker.settings().topic(message.topic),
                        message.partition,
                        Math.max(message.at / 1000, 0),
                        "run".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        message.value));
            }
        }
    }
}
