package io.ordeal.aggregator;

import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.process.ReservedPort;
import io.ordeal.schemas.wire.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A broker in this process.
final class TestBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final KafkaSettings settings;

    private TestBroker(KafkaRaftServer server, KafkaSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    static TestBroker start(Path directory) {
        try (var port = ReservedPort.any();
                var controller = ReservedPort.any()) {
            return start(directory, port.number(), controller.number());
        }
    }

    private static TestBroker start(Path directory, int port, int controller) {
        var logs = directory.resolve("kafka").toString();
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        properties.put("log.dirs", logs);
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "2");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "2");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "300");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("auto.create.topics.enable", "false");
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(logs)
                    .setDirectories(List.of(logs))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the broker's directory could not be formatted", e);
        }
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new TestBroker(server, KafkaSettings.plain("127.0.0.1:" + port, "http://127.0.0.1:1"));
    }

    KafkaSettings settings() {
        return settings;
    }

    void createTopics(int partitions) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(settings.admin())) {
            admin.createTopics(Arrays.stream(Topic.values())
                            .map(topic -> new NewTopic(
                                    settings.topic(topic), topic.partitioned() ? partitions : 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /// Returns every committed record of `topic` that is there now.
    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.consumer())) {
            var partitions = consumer.partitionsFor(settings.topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(java.time.Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
