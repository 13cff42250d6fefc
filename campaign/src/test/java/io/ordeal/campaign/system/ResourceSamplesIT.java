package io.ordeal.campaign.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What the injector says once a second on the topic of samples.
class ResourceSamplesIT {
    private final List<ResourceSample> samples = new ArrayList<>();

    @Test
    void saysWhatTheHostAndTheServiceUse() {
        var settings = SharedStack.cluster().settings();
        var partition = new TopicPartition(settings.topic(Topic.RESOURCES), 0);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.consumer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> hear(record.value()));
                return tells("", "cpu_cores") && tells(SharedStack.TARGET, "cpu_cores");
            });
        }
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.run()).isEmpty();
            assertThat(sample.host()).isNotEmpty();
            assertThat(sample.values()).containsKeys("memory_bytes", "threads");
        });
    }

    private void hear(byte[] bytes) {
        switch (SharedStack.cluster().wire().decode(Topic.RESOURCES, ResourceSample.class, bytes)) {
            case Decoded.Good<ResourceSample>(var sample) -> samples.add(sample);
            case Decoded.Poison<ResourceSample>(var reason) -> throw new AssertionError(reason);
        }
    }

    private boolean tells(String process, String reading) {
        return samples.stream()
                .anyMatch(sample ->
                        sample.process().equals(process) && sample.values().containsKey(reading));
    }
}
