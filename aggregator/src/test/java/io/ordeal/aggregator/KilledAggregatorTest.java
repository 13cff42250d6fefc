package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kill -9 in the middle of a run changes nothing in what readers of committed records see.
final class KilledAggregatorTest {
    private static final int PARTITIONS = 2;

    private final FixedFrames frames = new FixedFrames();

    @TempDir
    private Path folder;

    @Test
    void tellsTheSameWindowsAndVerdictsOnceAsARecomputation() throws Exception {
        try (var broker = TestBroker.start(folder)) {
            broker.createTopics(PARTITIONS);
            var servers = broker.settings().bootstrapServers();
            var first = ChildAggregator.start(servers, folder, "first");
            var rehearsal = rehearsal();
            Process second;
            try (var producer =
                    new KafkaProducer<byte[], byte[]>(broker.settings().producer())) {
                publish(
                        broker,
                        producer,
                        Topic.OBJECTIVES,
                        0,
                        "run",
                        frames.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives()),
                        0);
                var messages = messages(rehearsal);
                int middle = messages.size() / 2;
                play(broker, producer, messages.subList(0, middle));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> windows(broker).size() > 2);
                first.destroyForcibly().waitFor();
                second = ChildAggregator.start(servers, folder, "second");
                play(broker, producer, messages.subList(middle, messages.size()));
            }
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> verdicts(broker).stream().anyMatch(each -> each.verdict() instanceof RunVerdict));
            } finally {
                second.destroyForcibly().waitFor();
            }

            var timings = broker.read(Topic.TIMINGS).stream()
                    .map(record -> good(frames.decode(Topic.TIMINGS, Timing.class, record.value())))
                    .toList();
            var expected = Recompute.of(rehearsal.objectives(), timings, rehearsal.lifecycle(), samples(rehearsal));
            assertThat(Comparison.windows(windows(broker))).isEqualTo(Comparison.windows(expected.windows()));
            assertThat(Comparison.verdicts(verdicts(broker))).isEqualTo(Comparison.verdicts(expected.verdicts()));
        }
    }

    private static Rehearsal rehearsal() {
        long start = Micros.of(Instant.now().plusMillis(500));
        return new Rehearsal(new Rehearsal.Shape(
                "run",
                11,
                start,
                500_000,
                3,
                100,
                8_000_000,
                2_500_000,
                1_000_000,
                5_000_000,
                true,
                List.of(
                        "p95 < 100ms outside faults",
                        "errors < 5%",
                        "p90 < 1s per window",
                        "recovery < 5s",
                        "cpu < 80%",
                        "heap_after_gc slope < 1GB/h",
                        "time_to_trip < 2s")));
    }

    private static List<ResourceSample> samples(Rehearsal rehearsal) {
        long start = Micros.of(rehearsal.lifecycle().getFirst().at()) + 10_000;
        return RehearsedSamples.of(start, 8_000_000, 5);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(long at, Topic topic, int partition, byte[] value) {}

    private List<Message> messages(Rehearsal rehearsal) {
        var messages = new ArrayList<Message>();
        for (var segment : rehearsal.segments()) {
            for (var said : segment) {
                var timing = said.timing();
                messages.add(new Message(
                        said.at(),
                        Topic.TIMINGS,
                        timing.segment() % PARTITIONS,
                        frames.encode(Topic.TIMINGS, Timing.class, timing)));
            }
        }
        for (var event : rehearsal.lifecycle()) {
            messages.add(new Message(
                    Micros.of(event.at()),
                    Topic.LIFECYCLE,
                    0,
                    frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event)));
        }
        for (var sample : samples(rehearsal)) {
            messages.add(new Message(
                    Micros.of(sample.at()),
                    Topic.RESOURCES,
                    0,
                    frames.encode(Topic.RESOURCES, ResourceSample.class, sample)));
        }
        messages.sort(Comparator.comparingLong(Message::at));
        return messages;
    }

    /// Publishes each message when its time has come, as the run would.
    private void play(TestBroker broker, KafkaProducer<byte[], byte[]> producer, List<Message> messages) {
        for (var message : messages) {
            for (long early = message.at - Micros.of(Instant.now()); early > 0; ) {
                LockSupport.parkNanos(early * 1000);
                early = message.at - Micros.of(Instant.now());
            }
            publish(broker, producer, message.topic, message.partition, "run", message.value, message.at / 1000);
        }
        producer.flush();
    }

    private static void publish(
            TestBroker broker,
            KafkaProducer<byte[], byte[]> producer,
            Topic topic,
            int partition,
            String key,
            byte[] value,
            long timestamp) {
        var _ = producer.send(new ProducerRecord<>(
                broker.settings().topic(topic), partition, timestamp, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private List<WindowSummary> windows(TestBroker broker) {
        return broker.read(Topic.WINDOWS).stream()
                .map(record -> good(frames.decode(Topic.WINDOWS, WindowSummary.class, record.value())))
                .toList();
    }

    private List<VerdictEvent> verdicts(TestBroker broker) {
        return broker.read(Topic.VERDICTS).stream()
                .map(record -> good(frames.decode(Topic.VERDICTS, VerdictEvent.class, record.value())))
                .toList();
    }

    private static <T> T good(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Good<T>(var value) -> value;
            case Decoded.Poison<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
