package io.ordeal.runtime.kafka;

import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every partition of one topic, on a thread of its own, from a given point on; belongs to no group.
///
/// What cannot be decoded goes to the dead letters; an exception of the receiver is logged and the next record
/// follows.
///
/// @param <T> the record type
public final class RecordLoop<T> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecordLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /// Where reading starts.
    public sealed interface Start {}

    /// At the oldest record.
    public record Beginning() implements Start {}

    /// After the newest record that is there when the loop starts.
    public record End() implements Start {}

    /// At the first record of `time` or later.
    public record At(Instant time) implements Start {}

    private final String name;
    private final Wire wire;
    private final Topic topic;
    private final Class<T> type;
    private final Consumer<Received<T>> receiver;
    private final DeadLetters deadLetters;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch positioned = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    private RecordLoop(
            String name,
            KafkaSettings settings,
            Wire wire,
            Topic topic,
            Class<T> type,
            Start from,
            Consumer<Received<T>> receiver,
            DeadLetters deadLetters) {
        this.name = name;
        this.wire = wire;
        this.topic = topic;
        this.type = type;
        this.receiver = receiver;
        this.deadLetters = deadLetters;
        this.consumer = new KafkaConsumer<>(settings.consumer());
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(settings.topic(topic), from));
    }

    /// Starts reading `topic`; returns when it is known where, so that what is written from now on is read.
    public static <T> RecordLoop<T> start(
            String name,
            KafkaSettings settings,
            Wire wire,
            Topic topic,
            Class<T> type,
            Start from,
            Consumer<Received<T>> receiver,
            DeadLetters deadLetters) {
        var loop = new RecordLoop<>(name, settings, wire, topic, type, from, receiver, deadLetters);
        loop.thread.start();
        loop.await(loop.positioned);
        return loop;
    }

    /// Waits until everything that was there at the start has been received; false when that takes longer than
    /// `patience`.
    public boolean awaitCaughtUp(Duration patience) {
        try {
            return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether everything that was there at the start has been received.
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (!thread.join(CLOSING)) {
                log.atWarn().addKeyValue("loop", name).log("the receiver has not returned");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String topicName, Start from) {
        try (consumer) {
            var partitions = consumer.partitionsFor(topicName).stream()
                    .map(info -> new TopicPartition(topicName, info.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            position(partitions, from, ends);
            positioned.countDown();
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    receive(record);
                }
                if (caughtUp.getCount() > 0 && past(ends)) {
                    caughtUp.countDown();
                }
            }
        } catch (WakeupException _) {
            // close() ends the poll
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("loop", name).log("reading has ended");
        } finally {
            positioned.countDown();
        }
    }

    private void position(List<TopicPartition> partitions, Start from, Map<TopicPartition, Long> ends) {
        switch (from) {
            case Beginning _ -> consumer.seekToBeginning(partitions);
            case End _ -> ends.forEach(consumer::seek);
            case At(var time) -> {
                var times = partitions.stream().collect(Collectors.toMap(p -> p, _ -> time.toEpochMilli()));
                consumer.offsetsForTimes(times)
                        .forEach((partition, found) ->
                                consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
            }
        }
    }

    private boolean past(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone says nothing here
        }
        switch (wire.decode(topic, type, record.value())) {
            case Decoded.Poison<T>(var reason) -> deadLetters.send(record, reason);
            case Decoded.Good<T>(var value) -> {
                var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                var received = new Received<>(
                        key, Instant.ofEpochMilli(record.timestamp()), record.partition(), record.offset(), value);
                hand(received);
            }
        }
    }

    private void hand(Received<T> received) {
        try {
            receiver.accept(received);
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("loop", name).log("a record could not be handled");
        }
    }

    private void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
