package io.ordeal.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What is shown of what Kafka clients say of themselves.
class KafkaMetersTest {
    private static final String LAG = "kafka.consumer.fetch.manager.records.lag";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Says what a consumer of Kafka 4.3 says of a topic whose name has a dot, and something else.
    private final class Consumer implements MeterBinder, AutoCloseable {
        @Override
        public void bindTo(MeterRegistry meters) {
            lag(meters, "ordeal.timings", 7);
            lag(meters, "ordeal_timings", 7);
            Gauge.builder("kafka.consumer.metrics.count", () -> 300).register(meters);
        }

        private static void lag(MeterRegistry meters, String topic, int records) {
            Gauge.builder(LAG, () -> records)
                    .tags("topic", topic, "kafka.version", "4.3.1")
                    .register(meters);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void showsTheChosenNumbersOnce() throws Exception {
        var settings = KafkaSettings.plain("localhost:9092", "http://localhost:8080");
        try (var _ = KafkaMeters.show(registry, settings, new Consumer())) {
            assertThat(registry.scrape()).singleElement().satisfies(metric -> {
                assertThat(metric.getMetadata().getName()).isEqualTo("kafka_consumer_fetch_manager_records_lag");
                assertThat(metric.getDataPoints())
                        .singleElement()
                        .satisfies(point ->
                                assertThat(point.getLabels().toString()).contains("topic=\"ordeal.timings\""));
            });
        }
        assertThat(closed).isTrue();
    }
}
