package io.ordeal.campaign.audit;

import io.ordeal.campaign.run.Cluster;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// What a topic has had until now, as committed.
///
/// @param name of the topic on its broker
/// @param records in the order of their partitions
/// @param oldest the time of the oldest record of each partition that has lost older ones; empty where all are lost
record TopicPast<T>(String name, List<Past<T>> records, Map<Integer, Optional<Instant>> oldest) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// One record.
    ///
    /// @param at the time that its writer gave it
    record Past<T>(Instant at, T record) {}

    /// Reads `topic` from its beginning to its present end, and keeps what is `wanted`. What cannot be decoded is with
    /// the dead letters, and passed over.
    ///
    /// @throws IllegalStateException when the broker stops answering
    static <T> TopicPast<T> read(Cluster cluster, Topic topic, Class<T> type, Predicate<Past<T>> wanted) {
        var name = cluster.settings().topic(topic);
        var records = new ArrayList<Past<T>>();
        var oldest = new HashMap<Integer, Optional<Instant>>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(cluster.settings().consumer())) {
            var partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.beginningOffsets(partitions).forEach((partition, offset) -> {
                if (offset > 0) {
                    oldest.put(partition.partition(), Optional.empty());
                }
            });
            var ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var polled = consumer.poll(POLL);
                deadline = polled.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the broker has sent nothing of " + name + " for " + PATIENCE.toSeconds() + " s");
                }
                for (var record : polled) {
                    var at = Instant.ofEpochMilli(record.timestamp());
                    oldest.computeIfPresent(record.partition(), (_, known) -> known.or(() -> Optional.of(at)));
                    decoded(cluster, topic, type, record)
                            .map(value -> new Past<>(at, value))
                            .filter(wanted)
                            .ifPresent(records::add);
                }
            }
        }
        return new TopicPast<>(name, records, oldest);
    }

    private static <T> Optional<T> decoded(
            Cluster cluster, Topic topic, Class<T> type, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty(); // a tombstone
        }
        return switch (cluster.wire().decode(topic, type, record.value())) {
            case Decoded.Good<T>(var value) -> Optional.of(value);
            case Decoded.Poison<T> _ -> Optional.empty();
        };
    }

    List<T> all() {
        return records.stream().map(Past::record).toList();
    }

    /// Returns which partitions may have lost records from `since` on, in words.
    List<String> gone(Instant since) {
        var gone = new ArrayList<String>();
        oldest.forEach((partition, time) -> {
            if (time.isEmpty()) {
                gone.add(name + ", partition " + partition + ": nothing is left");
            } else if (time.get().isAfter(since)) {
                gone.add(name + ", partition " + partition + ": nothing before " + time.get() + " is left, and the run"
                        + " began at " + since);
            }
        });
        return gone;
    }
}
