package io.ordeal.aggregator;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.ordeal.runtime.Service;
import io.ordeal.runtime.Settings;
import io.ordeal.runtime.http.ProbeServer;
import io.ordeal.runtime.kafka.KafkaMeters;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.runtime.kafka.Wire;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running aggregator: its streams, and its HTTP server with probes and metrics.
public final class AggregatorService implements Service {
    private static final Logger log = LoggerFactory.getLogger(AggregatorService.class);
    private static final Duration REGISTRY = Duration.ofSeconds(60);
    private static final Duration MEASURING = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final ProbeServer probes;
    private final Pulse pulse;
    private final AutoCloseable meters;
    private final Queries queries;
    private final AutoCloseable wire;

    private AggregatorService(
            KafkaStreams streams,
            ProbeServer probes,
            Queries queries,
            Pulse pulse,
            AutoCloseable meters,
            AutoCloseable wire) {
        this.streams = streams;
        this.probes = probes;
        this.pulse = pulse;
        this.meters = meters;
        this.queries = queries;
        this.wire = wire;
    }

    /// Starts it. The topics of the contract must exist; it is [#ready] a second or two later.
    public static AggregatorService start(Settings settings, AggregatorSettings aggregator) {
        var wire = Wire.open(settings.kafka(), REGISTRY);
        return start(settings, aggregator, Frames.of(wire), wire);
    }

    static AggregatorService start(
            Settings settings, AggregatorSettings aggregator, Frames frames, AutoCloseable closedLast) {
        var registry = new PrometheusRegistry();
        var metrics = Metrics.register(registry, Clock.systemUTC());
        var pulse = BrokerPulse.open(settings, frames);
        var topology = new VerdictTopology(settings.kafka(), aggregator, frames, metrics, pulse).build();
        var properties = new Properties();
        properties.putAll(configuration(settings.kafka(), aggregator, settings.stateDir()));
        var streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(thrown -> {
            log.atError().setCause(thrown).log("a stream thread failed; another takes its place");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        var probes = ProbeServer.start(
                "aggregator",
                settings.httpHost(),
                settings.httpPort(),
                () -> streams.state() == KafkaStreams.State.RUNNING,
                registry);
        var meters = measure(streams, registry, settings.kafka());
        streams.start();
        return new AggregatorService(
                streams, probes, Queries.serve(probes, settings.kafka(), frames), pulse, meters, closedLast);
    }

    /// Partitions come and go, and their numbers with them: they are looked for more often than Micrometer would.
    private static AutoCloseable measure(KafkaStreams streams, PrometheusRegistry registry, KafkaSettings kafka) {
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("ordeal-aggregator-meters").factory());
        var client = new KafkaStreamsMetrics(streams, List.of(), scheduler, MEASURING);
        var shown = KafkaMeters.show(registry, kafka, client);
        return () -> {
            scheduler.shutdownNow();
            shown.close();
        };
    }

    static Map<String, Object> configuration(KafkaSettings kafka, AggregatorSettings settings, Path stateDir) {
        var configuration = new HashMap<>(kafka.streams(kafka.topicPrefix() + "aggregator"));
        configuration.put("processing.guarantee", "exactly_once_v2");
        configuration.put("commit.interval.ms", settings.commit().toMillis());
        configuration.put("num.stream.threads", settings.threads());
        configuration.put("num.standby.replicas", settings.standbys());
        configuration.put("poll.ms", 20);
        configuration.put("state.dir", stateDir.resolve("aggregator").toString());
        configuration.put("statestore.cache.max.bytes", 0);
        configuration.put("ensure.explicit.internal.resource.naming", true);
        configuration.put("processing.exception.handler.global.enabled", "true");
        configuration.put("buffered.records.per.partition", 5000);
        configuration.put("consumer.auto.offset.reset", "earliest");
        configuration.put("consumer.max.poll.records", 5000);
        configuration.put("consumer.fetch.max.wait.ms", 100);
        configuration.put("consumer.max.partition.fetch.bytes", 4 << 20);
        configuration.put(
                "main.consumer.session.timeout.ms", (int) settings.session().toMillis());
        configuration.put(
                "main.consumer.heartbeat.interval.ms", (int) settings.session().toMillis() / 4);
        configuration.put(
                "producer.transaction.timeout.ms", (int) settings.transaction().toMillis());
        configuration.put("producer.linger.ms", 2);
        // The first request of a transaction may come before the markers of the last are written (KAFKA-20000): it is
        // refused, and the usual 100 ms until the next try would be most of a verdict's delay.
        configuration.put("producer.retry.backoff.ms", 5);
        configuration.put("producer.max.in.flight.requests.per.connection", 1);
        configuration.put("producer.compression.type", "lz4");
        configuration.put("producer.max.request.size", 8 << 20);
        settings.member().ifPresent(member -> configuration.put("group.instance.id", member));
        return configuration;
    }

    /// Returns the port of its HTTP server.
    public int port() {
        return probes.port();
    }

    @Override
    public String name() {
        return "aggregator";
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        queries.close();
        probes.close();
        end(meters, "what measures the streams");
        streams.close(CLOSING);
        pulse.close();
        end(wire, "what reads and writes records");
    }

    private static void end(AutoCloseable part, String what) {
        try {
            part.close();
        } catch (Exception e) { // the other parts have to end, too
            log.atWarn().setCause(e).log(what + " did not close");
        }
    }
}
