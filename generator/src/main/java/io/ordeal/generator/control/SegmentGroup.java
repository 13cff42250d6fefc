package io.ordeal.generator.control;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.load.SegmentPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Membership in the group of all generators on the segments topic: a partition that the group assigns to us is
/// ours with every segment in it, until it is taken away. Nothing is ever committed: the plans of a partition are
/// read from its beginning by each new owner. Runs on a thread of its own.
public final class SegmentGroup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SegmentGroup.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Function<byte[], Decoded<SegmentPlan>> decode;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, String> poison;
    private final Desk desk;
    private final Map<TopicPartition, Long> reading = new HashMap<>();
    private final Thread thread;
    private volatile boolean member;
    private volatile boolean closed;

    private SegmentGroup(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Function<byte[], Decoded<SegmentPlan>> decode,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> poison,
            Desk desk) {
        this.consumer = consumer;
        this.topic = topic;
        this.decode = decode;
        this.poison = poison;
        this.desk = desk;
        this.thread = Thread.ofPlatform().name("ordeal-segments").daemon().unstarted(this::run);
    }

    /// Joins the group.
    ///
    /// @param consumer a member of the group, owned from now on
    /// @param poison takes what cannot be decoded, with the reason
    public static SegmentGroup join(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Function<byte[], Decoded<SegmentPlan>> decode,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> poison,
            Desk desk) {
        var group = new SegmentGroup(consumer, topic, decode, poison, desk);
        group.thread.start();
        return group;
    }

    /// Returns `consumer`, the configuration of one, for a member of `group`: an owner that dies is replaced in 6 s
    /// and one that leaves within about one, and who joins does not disturb the segments that stay where they are.
    public static Map<String, Object> membership(Map<String, Object> consumer, String group) {
        var configuration = new HashMap<>(consumer);
        configuration.put("group.id", group);
        configuration.put("session.timeout.ms", 6000);
        configuration.put("heartbeat.interval.ms", 500);
        configuration.put("auto.offset.reset", "earliest");
        configuration.put("partition.assignment.strategy", List.of(CooperativeStickyAssignor.class));
        return configuration;
    }

    /// Whether the group has given us our part, which may be nothing.
    public boolean member() {
        return member;
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new Assignment());
            while (!closed) {
                poll();
            }
        } catch (WakeupException _) {
            // close() ends the poll
        } catch (RuntimeException e) { // the root of the thread
            member = false;
            log.atError().setCause(e).log("left the group of generators");
        }
    }

    private void poll() {
        for (var record : consumer.poll(POLL)) {
            receive(record);
        }
        reading.entrySet().removeIf(entry -> {
            boolean read = consumer.position(entry.getKey()) >= entry.getValue();
            if (read) {
                desk.plansRead(entry.getKey().partition());
            }
            return read;
        });
        desk.overdue();
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            desk.planRemoved(key);
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoded.Good<SegmentPlan>(var plan) -> desk.plan(record.partition(), key, plan);
            case Decoded.Poison<SegmentPlan>(var reason) -> poison.accept(record, reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (!thread.join(CLOSING)) {
                log.atWarn().log("leaving the group takes long");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the group gives and takes.
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            int generation = consumer.groupMetadata().generationId();
            partitions.forEach(partition -> desk.taken(partition.partition(), generation));
            consumer.seekToBeginning(partitions);
            reading.putAll(consumer.endOffsets(partitions));
            member = true;
            log.atInfo()
                    .addKeyValue("generation", generation)
                    .addKeyValue("partitions", partitions.toString())
                    .log("took over segments");
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> {
                reading.remove(partition);
                desk.left(partition.partition());
            });
        }
    }
}
