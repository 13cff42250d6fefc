package io.ordeal.runtime.kafka;

import io.ordeal.schemas.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the topics of the contract. What exists is left as it is, and told where it differs.
public final class TopicSetup {
    private TopicSetup() {}

    /// Creates what is missing; returns how existing topics differ from what would have been created.
    ///
    /// @param partitions of the topics that have one per segment
    /// @throws IllegalStateException when the broker refuses
    public static List<String> create(KafkaSettings settings, int partitions, short replication) {
        try (var admin = Admin.create(settings.admin())) {
            var wanted = Arrays.stream(Topic.values())
                    .map(topic -> new NewTopic(settings.topic(topic), topic.partitioned() ? partitions : 1, replication)
                            .configs(topic.configuration()))
                    .toList();
            var drift = new ArrayList<String>();
            for (var topic : wanted) {
                try {
                    admin.createTopics(List.of(topic)).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                    drift.addAll(drift(admin, topic));
                }
            }
            return drift;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    private static List<String> drift(Admin admin, NewTopic wanted) throws ExecutionException, InterruptedException {
        var drift = new ArrayList<String>();
        var descriptions =
                admin.describeTopics(List.of(wanted.name())).allTopicNames().get();
        int partitions = descriptions.values().stream()
                .mapToInt(found -> found.partitions().size())
                .sum();
        if (partitions != wanted.numPartitions()) {
            drift.add("%s has %d partitions, not %d".formatted(wanted.name(), partitions, wanted.numPartitions()));
        }
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, wanted.name());
        for (var configuration :
                admin.describeConfigs(List.of(resource)).all().get().values()) {
            wanted.configs().forEach((key, value) -> {
                var entry = configuration.get(key);
                if (entry != null && !value.equals(entry.value())) {
                    drift.add("%s has %s=%s, not %s".formatted(wanted.name(), key, entry.value(), value));
                }
            });
        }
        return drift;
    }
}
