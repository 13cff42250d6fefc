package io.ordeal.campaign.stack;

import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.TopicSetup;
import java.nio.file.Path;

/// A broker in this process and a registry beside it, with the topics of the contract. Closing it removes all of it.
public final class BrokerAndRegistry implements AutoCloseable {
    private final WorkFolder folder;
    private final EmbeddedRegistry registry;
    private final EmbeddedBroker broker;
    private final KafkaSettings kafka;

    private BrokerAndRegistry(
            WorkFolder folder, EmbeddedRegistry registry, EmbeddedBroker broker, KafkaSettings kafka) {
        this.folder = folder;
        this.registry = registry;
        this.broker = broker;
        this.kafka = kafka;
    }

    /// Starts both, side by side; returns when the broker serves and the topics are there. The registry follows: see
    /// [#awaitReady].
    ///
    /// @param registryHome where the registry's distribution lies
    /// @param brokerPort 0 takes a free one
    /// @param registryPort 0 takes a free one
    /// @throws IllegalStateException when one does not start; nothing is left then
    public static BrokerAndRegistry start(Path registryHome, int brokerPort, int registryPort, int partitions) {
        var folder = WorkFolder.create();
        try {
            return start(folder, registryHome, brokerPort, registryPort, partitions);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static BrokerAndRegistry start(
            WorkFolder folder, Path registryHome, int brokerPort, int registryPort, int partitions) {
        var log = folder.path().resolve("registry.log");
        var registry = EmbeddedRegistry.launch(registryHome, registryPort, log);
        try {
            var broker = EmbeddedBroker.start(folder.path().resolve("broker"), brokerPort);
            var kafka = KafkaSettings.plain(broker.bootstrapServers(), registry.url());
            try {
                TopicSetup.create(kafka, partitions, (short) 1);
                return new BrokerAndRegistry(folder, registry, broker, kafka);
            } catch (RuntimeException e) {
                broker.close();
                throw e;
            }
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /// Waits until the registry serves, too.
    ///
    /// @throws IllegalStateException when it does not
    public void awaitReady() {
        registry.awaitReady();
    }

    /// Returns how to reach both.
    public KafkaSettings kafka() {
        return kafka;
    }

    /// Returns a folder for data that goes when they go.
    Path folder() {
        return folder.path();
    }

    @Override
    public void close() {
        broker.close();
        registry.close();
        folder.close();
    }
}
