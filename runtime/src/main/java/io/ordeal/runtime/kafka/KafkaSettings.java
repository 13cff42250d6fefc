package io.ordeal.runtime.kafka;

import io.ordeal.schemas.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How to reach the broker and the registry.
///
/// @param bootstrapServers host:port, several separated by commas
/// @param registryUrl base address of the Apicurio Registry, for instance `http://localhost:8080`
/// @param topicPrefix what every topic's name begins with
/// @param properties Kafka client properties that are passed through: security above all
/// @param registryProperties `apicurio.registry.` properties that are passed through, with that prefix
public record KafkaSettings(
        String bootstrapServers,
        String registryUrl,
        String topicPrefix,
        Map<String, String> properties,
        Map<String, String> registryProperties) {
    /// The prefix of topics when none is given.
    public static final String PREFIX = "ordeal.";

    public KafkaSettings {
        properties = Map.copyOf(properties);
        registryProperties = Map.copyOf(registryProperties);
    }

    /// Returns settings for a broker and a registry without security.
    public static KafkaSettings plain(String bootstrapServers, String registryUrl) {
        return new KafkaSettings(bootstrapServers, registryUrl, PREFIX, Map.of(), Map.of());
    }

    /// Returns the name of `topic` here.
    public String topic(Topic topic) {
        return topic.named(topicPrefix);
    }

    /// Returns the configuration of an admin client.
    public Map<String, Object> admin() {
        var configuration = new HashMap<String, Object>(properties);
        configuration.put("bootstrap.servers", bootstrapServers);
        return configuration;
    }

    /// Returns the configuration of a consumer of bytes that commits nothing by itself and sees only committed
    /// records.
    public Map<String, Object> consumer() {
        var configuration = admin();
        configuration.put("key.deserializer", ByteArrayDeserializer.class);
        configuration.put("value.deserializer", ByteArrayDeserializer.class);
        configuration.put("enable.auto.commit", false);
        configuration.put("isolation.level", "read_committed");
        configuration.put("allow.auto.create.topics", false);
        return configuration;
    }

    /// Returns the configuration of an idempotent producer of bytes that waits for nothing before it sends.
    public Map<String, Object> producer() {
        var configuration = admin();
        configuration.put("key.serializer", ByteArraySerializer.class);
        configuration.put("value.serializer", ByteArraySerializer.class);
        configuration.put("acks", "all");
        configuration.put("enable.idempotence", true);
        configuration.put("linger.ms", 0);
        return configuration;
    }

    /// Returns the configuration of a Streams application; the caller adds what it needs.
    public Map<String, Object> streams(String applicationId) {
        var configuration = admin();
        configuration.put("application.id", applicationId);
        return configuration;
    }

    /// Names the passed-through properties, never their values: among them are passwords.
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + registryUrl + ", " + topicPrefix + "*, properties "
                + new TreeSet<>(properties.keySet()) + ", registry " + new TreeSet<>(registryProperties.keySet()) + "]";
    }
}
