package io.ordeal.benchmarks;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Puts made-up runs on the topics, as fast as it goes or as its pace allows.
final class Feed implements AutoCloseable {
    private final Bench.Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String timings;

    Feed(Bench.Topics topics) {
        this.topics = topics;
        var settings = topics.kafka().producer();
        settings.put("linger.ms", 20);
        settings.put("batch.size", 262_144);
        settings.put("compression.type", "lz4");
        this.producer = new KafkaProducer<>(settings);
        this.timings = topics.kafka().topic(Topic.TIMINGS);
    }

    /// Publishes `run`; every quarter of a second of it, `pace` is told how far it has come and may wait.
    void play(MadeUpRun run, LongConsumer pace) {
        var shape = run.shape();
        send(Topic.OBJECTIVES, RunObjectives.class, shape, shape.start(), run.objectives());
        happened(shape, shape.start(), new LifecycleEvent.RunStarted("benchmark", 1, "00"));
        happened(shape, shape.start(), new LifecycleEvent.PhaseStarted("steady", 0));
        producer.flush();
        run.play(new Timings(shape, pace));
        happened(shape, shape.end(), new LifecycleEvent.PhaseEnded("steady", 0));
        happened(shape, shape.end(), new LifecycleEvent.RunFinished(FinishReason.COMPLETED, ""));
        producer.flush();
    }

    private void happened(MadeUpRun.Shape shape, long at, LifecycleEvent.Event event) {
        send(
                Topic.LIFECYCLE,
                LifecycleEvent.class,
                shape,
                at,
                new LifecycleEvent(shape.run(), MadeUpRun.instant(at), "benchmark", event));
    }

    private <T> void send(Topic topic, Class<T> type, MadeUpRun.Shape shape, long at, T record) {
        var value = topics.wire().encode(topic, type, record);
        var _ = producer.send(
                new ProducerRecord<>(topics.kafka().topic(topic), 0, at / 1000, bytes(shape.run()), value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }

    /// Each segment in the partition of its number, each kind of request under a key of its own.
    private final class Timings implements MadeUpRun.Sink {
        private final MadeUpRun.Shape shape;
        private final LongConsumer pace;
        private final byte[][] keys;
        private final byte[] prefix = topics.wire().prefix(Topic.TIMINGS);
        private final TimingCodec codec = new TimingCodec();

        Timings(MadeUpRun.Shape shape, LongConsumer pace) {
            this.shape = shape;
            this.pace = pace;
            this.keys = IntStream.range(0, shape.series())
                    .mapToObj(i -> bytes("s/r" + i))
                    .toArray(byte[][]::new);
        }

        @Override
        public void request(int segment, RequestTiming request) {
            var value = codec.encode(prefix, shape.run(), segment, 1, request);
            var _ = producer.send(
                    new ProducerRecord<>(timings, segment, request.ended() / 1000, keys[request.request()], value));
        }

        @Override
        public void tick(int segment, SegmentTick tick) {
            var timing = new Timing(shape.run(), segment, 1, tick);
            var _ = producer.send(new ProducerRecord<>(
                    timings,
                    segment,
                    tick.at().toEpochMilli(),
                    keys[0],
                    topics.wire().encode(Topic.TIMINGS, Timing.class, timing)));
        }

        @Override
        public void reached(long micros) {
            pace.accept(micros);
        }
    }
}
