package io.ordeal.campaign.run;

import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.TopicSetup;
import io.ordeal.runtime.kafka.Wire;
import java.time.Duration;

/// A broker and a registry with the contract on them.
///
/// @param wire the contract's records as bytes there
public record Cluster(KafkaSettings settings, Wire wire) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PARTITIONS = 4;

    /// Connects to a cluster, and creates the topics that are missing.
    ///
    /// @throws IllegalStateException when the broker or the registry does not answer
    public static Cluster connect(KafkaSettings settings) {
        TopicSetup.create(settings, PARTITIONS, (short) -1);
        return new Cluster(settings, Wire.open(settings, PATIENCE));
    }

    @Override
    public void close() {
        wire.close();
    }
}
