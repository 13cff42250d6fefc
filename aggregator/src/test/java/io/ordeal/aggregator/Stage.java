package io.ordeal.aggregator;

import io.ordeal.aggregator.audit.RunRecords;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A broker on which a rehearsed run is played as it would have happened, and what is said of it there.
///
/// The rehearsal's own beats are left out: those of the aggregator that is tested take their place.
final class Stage implements AutoCloseable {
    static final int PARTITIONS = 2;

    private final Frames frames;
    private final TestBroker broker;
    private final Rehearsal rehearsal;
    private final List<ResourceSample> samples;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Message> messages = new ArrayList<>();
    private int played;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(long at, Topic topic, int partition, byte[] value) {}

    /// Publishes the objectives; the rest is to be played.
    Stage(TestBroker broker, Frames frames, Rehearsal rehearsal, List<ResourceSample> samples) {
        this.samples = List.copyOf(samples);
        this.broker = broker;
        this.frames = frames;
        this.rehearsal = rehearsal;
        this.producer = new KafkaProducer<>(broker.settings().producer());
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
            if (!(event.event() instanceof LifecycleEvent.Heartbeat)) {
                messages.add(new Message(
                        Micros.of(event.at()),
                        Topic.LIFECYCLE,
                        0,
                        frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event)));
            }
        }
        for (var sample : samples) {
            messages.add(new Message(
                    Micros.of(sample.at()),
                    Topic.RESOURCES,
                    0,
                    frames.encode(Topic.RESOURCES, ResourceSample.class, sample)));
        }
        messages.sort(Comparator.comparingLong(Message::at));
        long first = messages.getFirst().at; // an instant of 1970 would be past every retention
        publish(new Message(
                first,
                Topic.OBJECTIVES,
                0,
                frames.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives())));
        producer.flush();
    }

    /// Publishes what is left up to `until`, microseconds since the epoch, each message when its time has come.
    void playUntil(long until) {
        while (played < messages.size() && messages.get(played).at < until) {
            var message = messages.get(played++);
            for (long early = message.at - Micros.of(Instant.now()); early > 0; ) {
                LockSupport.parkNanos(early * 1000);
                early = message.at - Micros.of(Instant.now());
            }
            publish(message);
        }
        producer.flush();
    }

    /// Publishes the rest.
    void play() {
        playUntil(Long.MAX_VALUE);
    }

    private void publish(Message message) {
        var _ = producer.send(new ProducerRecord<>(
                broker.settings().topic(message.topic),
                message.partition,
                message.at / 1000,
                rehearsal.objectives().run().getBytes(StandardCharsets.UTF_8),
                message.value));
    }

    /// Returns the summaries that readers of committed records see.
    List<WindowSummary> windows() {
        return read(Topic.WINDOWS, WindowSummary.class);
    }

    /// Returns the verdicts that readers of committed records see.
    List<VerdictEvent> verdicts() {
        return read(Topic.VERDICTS, VerdictEvent.class);
    }

    /// Returns the verdict on the run, once it is out.
    Optional<RunVerdict> verdict() {
        return verdicts().stream()
                .map(VerdictEvent::verdict)
                .filter(RunVerdict.class::isInstance)
                .map(RunVerdict.class::cast)
                .findFirst();
    }

    /// Returns the records of the run as they are on the topics.
    RunRecords records() {
        return new RunRecords(
                rehearsal.objectives(),
                read(Topic.TIMINGS, Timing.class),
                read(Topic.LIFECYCLE, LifecycleEvent.class),
                samples);
    }

    private <T> List<T> read(Topic topic, Class<T> type) {
        return broker.read(topic).stream()
                .map(record -> good(frames.decode(topic, type, record.value())))
                .toList();
    }

    private static <T> T good(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Good<T>(var value) -> value;
            case Decoded.Poison<T>(var reason) -> throw new AssertionError(reason);
        };
    }

    @Override
    public void close() {
        producer.close();
    }
}
