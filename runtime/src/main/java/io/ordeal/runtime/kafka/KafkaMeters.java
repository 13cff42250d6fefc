package io.ordeal.runtime.kafka;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.Set;

/// Shows Prometheus whether a Kafka client keeps up: a few of the hundreds of numbers that it keeps of itself.
///
/// A topic whose name has dots is told of twice, the second time with underscores (KIP-1109): only the first counts.
public final class KafkaMeters {
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

    /// Starts to show them; closing what is returned ends it.
    ///
    /// @param client what binds the numbers of the client
    public static AutoCloseable show(PrometheusRegistry registry, KafkaSettings settings, MeterBinder client) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        // Tags must stay as they are: Micrometer drops what it has bound with fewer of them.
        meters.config().meterFilter(MeterFilter.denyUnless(id -> shown(id, settings.topicPrefix())));
        client.bindTo(meters);
        return () -> {
            if (client instanceof AutoCloseable closeable) {
                closeable.close();
            }
            meters.close();
        };
    }

    private static boolean shown(Meter.Id id, String topicPrefix) {
        return CHOSEN.contains(id.getName())
                && Optional.ofNullable(id.getTag("topic"))
                        .filter(topic -> !topic.startsWith(topicPrefix))
                        .isEmpty();
    }
}
