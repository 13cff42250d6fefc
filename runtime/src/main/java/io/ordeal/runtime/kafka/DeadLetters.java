package io.ordeal.runtime.kafka;

import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets aside what could not be accepted, byte for byte, with headers that say why and where it came from.
public final class DeadLetters implements AutoCloseable {
    /// Why it was not accepted.
    public static final String REASON = "ordeal.reason";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder count = new LongAdder();

    private DeadLetters(String topic, KafkaProducer<byte[], byte[]> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    /// Opens the dead-letter topic for writing.
    public static DeadLetters open(KafkaSettings settings) {
        return new DeadLetters(settings.topic(Topic.DEAD_LETTER), new KafkaProducer<>(settings.producer()));
    }

    /// Sets `record` aside.
    public void send(ConsumerRecord<byte[], byte[]> record, String reason) {
        var _ = producer.send(letter(topic, record, reason), (_, failure) -> {
            if (failure != null) {
                log.atError().setCause(failure).addKeyValue("reason", reason).log("a dead letter could not be written");
            }
        });
        count.increment();
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("set aside what could not be accepted");
    }

    /// Returns how many were set aside since it was opened.
    public long count() {
        return count.sum();
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    /// Returns `record` as a record of `topic` with its origin and `reason` in headers.
    public static ProducerRecord<byte[], byte[]> letter(
            String topic, ConsumerRecord<byte[], byte[]> record, String reason) {
        var letter = new ProducerRecord<>(topic, record.key(), record.value());
        record.headers().forEach(header -> letter.headers().add(header));
        letter.headers()
                .add(REASON, bytes(reason))
                .add("ordeal.topic", bytes(record.topic()))
                .add("ordeal.partition", bytes(String.valueOf(record.partition())))
                .add("ordeal.offset", bytes(String.valueOf(record.offset())));
        return letter;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
