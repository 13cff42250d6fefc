package io.ordeal.aggregator;

import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.schemas.wire.Topic;
import java.util.LinkedHashSet;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The aggregator as a topology of two stages.
///
///     timings   -> segments -.                           .-> windows
///                             >- runs (repartitioned) ->-+-> verdicts
///     lifecycle -> facts ----+          '-> dead letters
///             '--> samples --'
///     resources ---'
///
/// The sources share their tasks, so that a lifecycle event goes before what was written after it.
/// Objectives are global: every task needs them, and they are few.
final class VerdictTopology {
    static final String PLANS = "plans";
    static final String SEGMENTS = "segments";
    static final String SAMPLES = "samples";
    static final String RUNS = "runs";

    /// The topic keeps the objectives of every run there ever was; memory holds no more than these.
    static final int MOST_PLANS = 1_000;

    private static final Map<String, String> CHANGELOG = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", String.valueOf(32 << 20),
            "min.cleanable.dirty.ratio", "0.3",
            "compression.type", "producer");

    private final Serde<byte[]> bytes = Serdes.ByteArray();
    private final KafkaSettings kafka;
    private final AggregatorSettings settings;
    private final Frames frames;
    private final Metrics metrics;
    private final Pulse pulse;

    VerdictTopology(KafkaSettings kafka, AggregatorSettings settings, Frames frames, Metrics metrics, Pulse pulse) {
        this.kafka = kafka;
        this.settings = settings;
        this.frames = frames;
        this.metrics = metrics;
        this.pulse = pulse;
    }

    /// Returns the topology.
    Topology build() {
        var backlog = new Backlog();
        var builder = new StreamsBuilder();
        addPlans(builder);
        builder.addStateStore(LiveStore.builder(SEGMENTS, CHANGELOG));
        builder.addStateStore(LiveStore.builder(SAMPLES, CHANGELOG));
        builder.addStateStore(LiveStore.builder(RUNS, CHANGELOG));
        var counted = source(builder, Topic.TIMINGS)
                .process(() -> new SegmentProcessor(frames, settings, metrics, backlog), Named.as("count"), SEGMENTS);
        var lifecycle = source(builder, Topic.LIFECYCLE);
        var facts = lifecycle.process(() -> new FactProcessor(frames, metrics), Named.as("facts"));
        var samples = lifecycle
                .merge(source(builder, Topic.RESOURCES), Named.as("with-resources"))
                .process(
                        () -> new SampleProcessor(frames, settings, metrics, kafka.topic(Topic.LIFECYCLE)),
                        Named.as("samples"),
                        SAMPLES);
        var first = counted.merge(facts, Named.as("with-facts")).merge(samples, Named.as("first-stage"));
        send(first, Outgoing.Address.DEAD_LETTER, Topic.DEAD_LETTER);
        var second = select(first, Outgoing.Address.RUN)
                .repartition(Repartitioned.with(bytes, bytes)
                        .withName(RUNS)
                        .withNumberOfPartitions(settings.runPartitions()))
                .process(() -> new RunProcessor(frames, settings, metrics, pulse, backlog), Named.as("judge"), RUNS);
        send(second, Outgoing.Address.WINDOWS, Topic.WINDOWS);
        send(second, Outgoing.Address.VERDICTS, Topic.VERDICTS);
        return builder.build();
    }

    private void addPlans(StreamsBuilder builder) {
        var store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(PLANS), Serdes.Bytes(), bytes)
                .withLoggingDisabled()
                .withCachingDisabled();
        builder.addGlobalStore(
                store,
                kafka.topic(Topic.OBJECTIVES),
                Consumed.with(bytes, bytes).withName("objectives"),
                PlanKeeper::new);
    }

    private KStream<byte[], byte[]> source(StreamsBuilder builder, Topic topic) {
        return builder.stream(kafka.topic(topic), Consumed.with(bytes, bytes).withName("read-" + name(topic.name())));
    }

    private KStream<byte[], byte[]> select(KStream<byte[], Outgoing> from, Outgoing.Address address) {
        var name = name(address.name());
        return from.filter((_, outgoing) -> outgoing.to() == address, Named.as("for-" + name))
                .map((_, outgoing) -> KeyValue.pair(outgoing.key(), outgoing.value()), Named.as("content-" + name));
    }

    private void send(KStream<byte[], Outgoing> from, Outgoing.Address address, Topic topic) {
        select(from, address)
                .to(kafka.topic(topic), Produced.with(bytes, bytes).withName("write-" + name(address.name())));
    }

    private static String name(String constant) {
        return constant.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// Keeps the newest objectives of each run, as they came, of the last [#MOST_PLANS] runs.
    private static final class PlanKeeper implements Processor<byte[], byte[], Void, Void> {
        private final LinkedHashSet<Bytes> order = new LinkedHashSet<>();
        private KeyValueStore<Bytes, byte[]> store;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
        PlanKeeper() {}

        @Override
        public void init(org.apache.kafka.streams.processor.api.ProcessorContext<Void, Void> context) {
            store = context.getStateStore(PLANS);
            try (var all = store.all()) {
                all.forEachRemaining(entry -> order.add(entry.key));
            }
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (record.key() == null) {
                return;
            }
            var key = Bytes.wrap(record.key());
            store.put(key, record.value());
            order.remove(key);
            order.add(key);
            if (order.size() > MOST_PLANS) {
                store.delete(order.removeFirst());
            }
        }
    }
}
