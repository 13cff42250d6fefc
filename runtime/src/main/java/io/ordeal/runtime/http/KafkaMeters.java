package io.ordeal.runtime.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;

/// Which of the hundreds of numbers that a Kafka client keeps of itself are shown: those that say whether it keeps up.
final class KafkaMeters {
    private static final String PREFIX = "kafka.";
    private static final Set<String> CHOSEN = Set.of(
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.producer.record.send.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.outgoing.byte.total",
            "kafka.producer.request.latency.avg",
            "kafka.producer.buffer.available.bytes",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.thread.process.total",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.punctuate.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.thread.commit.latency.max");

    private KafkaMeters() {}

    /// Returns a filter that lets these through, and everything that is not Kafka's.
    static MeterFilter chosen() {
        return MeterFilter.deny(KafkaMeters::left);
    }

    private static boolean left(Meter.Id id) {
        return id.getName().startsWith(PREFIX) && !CHOSEN.contains(id.getName());
    }
}
