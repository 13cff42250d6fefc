package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Publishes a made-up run as time goes by, as generators, injector and runner would, on a thread of its own.
final class Playback implements AutoCloseable {
    private final TestBroker broker;
    private final FixedFrames frames = new FixedFrames();
    private final int partitions;
    private final Thread thread;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(long at, Topic topic, int partition, byte[] value) {}

    private Playback(TestBroker broker, int partitions, Rehearsal rehearsal) {
        this.broker = broker;
        this.partitions = partitions;
        this.thread = Thread.ofVirtual().unstarted(() -> play(rehearsal));
    }

    static Playback start(TestBroker broker, int partitions, Rehearsal rehearsal) {
        var playback = new Playback(broker, partitions, rehearsal);
        playback.thread.start();
        return playback;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Rehearsal rehearsal) {
        try (var producer = new KafkaProducer<byte[], byte[]>(broker.settings().producer())) {
            publish(
                    producer,
                    new Message(
                            Micros.of(Instant.now()),
                            Topic.OBJECTIVES,
                            0,
                            frames.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives())));
            for (var message : messages(rehearsal)) {
                for (long early = message.at - Micros.of(Instant.now()); early > 0; ) {
                    LockSupport.parkNanos(early * 1_000);
                    if (Thread.interrupted()) {
                        return;
                    }
                    early = message.at - Micros.of(Instant.now());
                }
                publish(producer, message);
            }
        }
    }

    private void publish(KafkaProducer<byte[], byte[]> producer, Message message) {
        var _ = producer.send(new ProducerRecord<>(
                broker.settings().topic(message.topic),
                message.partition,
                message.at / 1_000,
                "run".getBytes(StandardCharsets.UTF_8),
                message.value));
    }

    private List<Message> messages(Rehearsal rehearsal) {
        var messages = new ArrayList<Message>();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (var segment : rehearsal.segments()) {
            for (var said : segment) {
                messages.add(new Message(
                        said.at(),
                        Topic.TIMINGS,
                        said.timing().segment() % partitions,
                        frames.encode(Topic.TIMINGS, Timing.class, said.timing())));
                first = Math.min(first, said.at());
                last = Math.max(last, said.at());
            }
        }
        for (var event : rehearsal.lifecycle()) {
            messages.add(new Message(
                    Micros.of(event.at()),
                    Topic.LIFECYCLE,
                    0,
                    frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event)));
        }
        for (long at = first; at < last; at += 1_000_000) {
            messages.add(sample(at, "", at - first));
            messages.add(sample(at, "api", at - first));
        }
        messages.sort(Comparator.comparingLong(Message::at));
        return messages;
    }

    private Message sample(long at, String process, long after) {
        double wave = Math.sin(after / 3e6);
        var values = process.isEmpty()
                ? Map.of("cpu_cores", 2.5 + wave, "memory_bytes", 12e9 + 1e8 * wave)
                : Map.of(
                        "cpu_cores",
                        1.1 + 0.5 * wave,
                        "memory_bytes",
                        4e8 + (double) after,
                        "connections",
                        40 + 10 * wave);
        return new Message(
                at,
                Topic.RESOURCES,
                0,
                frames.encode(
                        Topic.RESOURCES,
                        ResourceSample.class,
                        new ResourceSample("", "host-a", process, Micros.instant(at), values)));
    }
}
