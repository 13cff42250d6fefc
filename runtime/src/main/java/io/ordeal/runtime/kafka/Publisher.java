package io.ordeal.runtime.kafka;

import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Writes the records of one topic, each at once and in order. Not for event loops: Kafka's `send` may block.
///
/// @param <T> the record type
public final class Publisher<T> implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Wire wire;
    private final Topic topic;
    private final Class<T> type;
    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;

    private Publisher(Wire wire, Topic topic, Class<T> type, String name, KafkaProducer<byte[], byte[]> producer) {
        this.wire = wire;
        this.topic = topic;
        this.type = type;
        this.name = name;
        this.producer = producer;
    }

    /// Opens a publisher of `topic`.
    public static <T> Publisher<T> open(KafkaSettings settings, Wire wire, Topic topic, Class<T> type) {
        return open(settings, wire, topic, type, Map.of());
    }

    /// Opens a publisher of `topic` with further producer properties.
    public static <T> Publisher<T> open(
            KafkaSettings settings, Wire wire, Topic topic, Class<T> type, Map<String, Object> properties) {
        var configuration = new HashMap<>(settings.producer());
        configuration.putAll(properties);
        return new Publisher<>(wire, topic, type, settings.topic(topic), new KafkaProducer<>(configuration));
    }

    /// Writes `record` under `key`; the future completes when the broker has it.
    public CompletableFuture<RecordMetadata> publish(String key, T record) {
        return send(new ProducerRecord<>(name, bytes(key), wire.encode(topic, type, record)));
    }

    /// Writes `record` under `key` to `partition`; the future completes when the broker has it.
    public CompletableFuture<RecordMetadata> publish(int partition, String key, T record) {
        return send(new ProducerRecord<>(name, partition, bytes(key), wire.encode(topic, type, record)));
    }

    /// Removes what a compacted topic holds under `key` in `partition`.
    public CompletableFuture<RecordMetadata> tombstone(int partition, String key) {
        return send(new ProducerRecord<>(name, partition, bytes(key), noValue()));
    }

    /// Returns the number of partitions of the topic.
    public int partitions() {
        return producer.partitionsFor(name).size();
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        var _ = producer.send(record, (metadata, failure) -> complete(sent, metadata, failure));
        return sent;
    }

    private static void complete(
            CompletableFuture<RecordMetadata> sent, RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null) {
            sent.complete(metadata);
        } else {
            sent.completeExceptionally(failure);
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("NullAway") // Kafka's tombstone
    private static byte[] noValue() {
        return null;
    }
}
