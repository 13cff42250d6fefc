package io.ordeal.campaign.stack;

import io.ordeal.runtime.process.ReservedPort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A Kafka broker and controller in this process, for one run or one host: KRaft, plain text, loopback.
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final ReservedPort port;
    private final ReservedPort controllerPort;

    private EmbeddedBroker(KafkaRaftServer server, ReservedPort port, ReservedPort controllerPort) {
        this.server = server;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /// Formats `folder` unless it is formatted, and starts a broker; returns when it serves clients.
    ///
    /// @param brokerPort 0 takes a free one
    public static EmbeddedBroker start(Path folder, int brokerPort) {
        var port = ReservedPort.orAny(brokerPort);
        var controllerPort = ReservedPort.any();
        format(folder);
        var configuration = configuration(folder, port.number(), controllerPort.number());
        var server = new KafkaRaftServer(new KafkaConfig(configuration, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, port, controllerPort);
    }

    /// Returns its address for clients.
    public String bootstrapServers() {
        return "127.0.0.1:" + port.number();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        port.close();
        controllerPort.close();
    }

    private static void format(Path folder) {
        var formatter = new Formatter();
        formatter
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .setDirectories(List.of(folder.toString()))
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setUnstableFeatureVersionsEnabled(false);
        try {
            formatter.run();
        } catch (Exception e) { // that is what it declares
            throw new IllegalStateException("the broker's folder " + folder + " cannot be formatted", e);
        }
    }

    private static Map<String, Object> configuration(Path folder, int port, int controllerPort) {
        var configuration = new HashMap<String, Object>();
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", "1");
        configuration.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        configuration.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        configuration.put("controller.listener.names", "CONTROLLER");
        configuration.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        configuration.put("log.dirs", folder.toString());
        configuration.put("auto.create.topics.enable", "false");
        single(configuration);
        small(configuration);
        return configuration;
    }

    /// One node replicates nothing, and waits for nobody.
    private static void single(Map<String, Object> configuration) {
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("share.coordinator.state.topic.replication.factor", "1");
        configuration.put("share.coordinator.state.topic.min.isr", "1");
        configuration.put("group.initial.rebalance.delay.ms", "0");
        configuration.put("group.min.session.timeout.ms", "1000");
        // A killed aggregator leaves a transaction open; its successor waits until it is aborted.
        configuration.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    /// It shares its processors with the load that it carries.
    private static void small(Map<String, Object> configuration) {
        configuration.put("offsets.topic.num.partitions", "4");
        configuration.put("transaction.state.log.num.partitions", "4");
        configuration.put("num.network.threads", "2");
        configuration.put("num.io.threads", "2");
        configuration.put("background.threads", "2");
        configuration.put("group.coordinator.threads", "1");
        configuration.put("num.recovery.threads.per.data.dir", "1");
        configuration.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        configuration.put("socket.send.buffer.bytes", "-1");
        configuration.put("socket.receive.buffer.bytes", "-1");
    }
}
