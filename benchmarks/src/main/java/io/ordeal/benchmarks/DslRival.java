package io.ordeal.benchmarks;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/// The same histograms as the DSL of Kafka Streams makes them: one for each window and key, in a cached store in
/// memory.
final class DslRival {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long HIGHEST = 3_600_000_000L;
    private static final int DIGITS = 3;

    private final Bench.Topics topics;
    private final Path folder;
    private final AtomicLong events = new AtomicLong();

    /// Takes the events per second of the clock, and per second of a processor.
    @FunctionalInterface
    interface Result {
        void accept(double perSecond, double perProcessorSecond);
    }

    DslRival(Bench.Topics topics, Path folder) {
        this.topics = topics;
        this.folder = folder;
    }

    /// Aggregates `wanted` events after as many to warm up with.
    void run(long wanted, Result result) {
        try (var streams = new KafkaStreams(topology(), configuration())) {
            streams.start();
            await(wanted);
            long before = events.get();
            long begun = System.nanoTime();
            double processor = Bench.processor("dsl");
            await(before + wanted);
            double done = (double) events.get() - before;
            result.accept(done / ((System.nanoTime() - begun) / 1e9), done / (Bench.processor("dsl") - processor));
        }
    }

    private void await(long count) {
        while (events.get() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Topology topology() {
        var bytes = Serdes.ByteArray();
        var builder = new StreamsBuilder();
        builder.stream(topics.kafka().topic(Topic.TIMINGS), Consumed.with(Serdes.String(), bytes))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
                .aggregate(
                        () -> new Histogram(HIGHEST, DIGITS),
                        (_, value, histogram) -> count(value, histogram),
                        Materialized.<String, Histogram>as(
                                        Stores.inMemoryWindowStore("windows", Duration.ofMinutes(1), WINDOW, false))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(histograms())
                                .withCachingEnabled());
        return builder.build();
    }

    private Histogram count(byte[] value, Histogram histogram) {
        if (topics.wire().decodeTiming(value) instanceof Decoded.Good<Timing>(var timing)
                && timing.event() instanceof RequestTiming request) {
            histogram.recordValue(Math.min(request.response(), HIGHEST));
            events.incrementAndGet();
        }
        return histogram;
    }

    private static Serde<Histogram> histograms() {
        return Serdes.serdeFrom(
                (_, histogram) -> {
                    var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
                    var content = new byte[histogram.encodeIntoByteBuffer(buffer)];
                    buffer.get(0, content);
                    return content;
                },
                (_, content) -> Histogram.decodeFromByteBuffer(ByteBuffer.wrap(content), 0));
    }

    private Properties configuration() {
        var configuration = new HashMap<>(topics.kafka().streams("dsl"));
        configuration.put("processing.guarantee", "exactly_once_v2");
        configuration.put("commit.interval.ms", 100);
        configuration.put("client.id", "dsl");
        configuration.put("state.dir", folder.toString());
        configuration.put("consumer.auto.offset.reset", "earliest");
        configuration.put("consumer.max.poll.records", 5000);
        configuration.put("statestore.cache.max.bytes", 64 << 20);
        var properties = new Properties();
        properties.putAll(configuration);
        return properties;
    }
}
