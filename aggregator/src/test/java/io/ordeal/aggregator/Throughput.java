package io.ordeal.aggregator;

import io.ordeal.runtime.Settings;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Prints how many events per second the aggregator takes with one stream thread, and how many a consumer takes that
/// only decodes the same topic. Not a test.
final class Throughput {
    private static final int SEGMENTS = 4;
    private static final int RATE = 5_000;

    private final FixedFrames frames = new FixedFrames();
    private final TestBroker broker;
    private final int seconds;

    private Throughput(TestBroker broker, int seconds) {
        this.broker = broker;
        this.seconds = seconds;
    }

    /// Runs it.
    ///
    /// @param arguments a folder, the seconds of load, and how many runs of it follow one another
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        try (var broker = TestBroker.start(folder)) {
            broker.createTopics(SEGMENTS);
            var throughput = new Throughput(broker, Integer.parseInt(arguments[1]));
            int runs = Integer.parseInt(arguments[2]);
            for (int run = 0; run < runs; run++) {
                throughput.load("run-" + run);
            }
            for (int i = 0; i < 3; i++) {
                System.out.printf("decoding consumer   %,.0f events/s%n", throughput.consume(runs));
            }
            throughput.aggregate(folder, runs);
        }
        System.exit(0);
    }

    private void load(String run) {
        long start = Instant.now().getEpochSecond() * 1_000_000 - seconds * 1_000_000L;
        var settings = new HashMap<>(broker.settings().producer());
        settings.put("linger.ms", 20);
        settings.put("batch.size", 262_144);
        settings.put("compression.type", "lz4");
        var random = new Random(1);
        var codec = new TimingCodec();
        var prefix = new byte[] {0, 0, 0, 0, (byte) (Topic.TIMINGS.ordinal() + 1)};
        try (var producer = new KafkaProducer<byte[], byte[]>(settings)) {
            send(
                    producer,
                    Topic.OBJECTIVES,
                    0,
                    start,
                    run,
                    frames.encode(Topic.OBJECTIVES, RunObjectives.class, objectives(run)));
            for (int segment = 0; segment < SEGMENTS; segment++) {
                for (long i = 0; i < (long) RATE * seconds; i++) {
                    long ended = start + i * 1_000_000 / RATE;
                    if (i % (RATE / 4) == 0) {
                        send(producer, Topic.TIMINGS, segment, ended, run, tick(run, segment, ended, i, false));
                    }
                    long response = 2_000 + (long) (5_000 * -Math.log(1 - random.nextDouble()));
                    var timing = new RequestTiming(
                            i,
                            i,
                            0,
                            random.nextInt(10),
                            (int) (i % 1000),
                            0,
                            ended,
                            response,
                            300,
                            0,
                            0,
                            0,
                            1_500,
                            Outcome.OK,
                            200,
                            120,
                            2_000,
                            Optional.empty());
                    send(producer, Topic.TIMINGS, segment, ended, run, codec.encode(prefix, run, segment, 1, timing));
                }
                long end = start + seconds * 1_000_000L;
                send(producer, Topic.TIMINGS, segment, end, run, tick(run, segment, end, (long) RATE * seconds, true));
            }
            send(
                    producer,
                    Topic.LIFECYCLE,
                    0,
                    start + seconds * 1_000_000L,
                    run,
                    frames.encode(
                            Topic.LIFECYCLE,
                            LifecycleEvent.class,
                            new LifecycleEvent(
                                    run,
                                    instant(start + seconds * 1_000_000L),
                                    "bench",
                                    new LifecycleEvent.RunFinished(FinishReason.COMPLETED, ""))));
        }
    }

    private byte[] tick(String run, int segment, long at, long count, boolean finished) {
        return frames.encode(
                Topic.TIMINGS,
                Timing.class,
                new Timing(
                        run,
                        segment,
                        1,
                        new SegmentTick(
                                instant(at),
                                "g",
                                0,
                                0,
                                count,
                                0,
                                count,
                                count,
                                count,
                                0,
                                0,
                                0,
                                100,
                                100,
                                0.5,
                                RATE,
                                10,
                                "",
                                finished,
                                List.of(),
                                0,
                                0,
                                count)));
    }

    private RunObjectives objectives(String run) {
        return new RunObjectives(
                run,
                "bench",
                Duration.ofSeconds(1),
                SEGMENTS,
                List.of(new PhaseInfo("steady", true, Duration.ZERO, Duration.ofSeconds(seconds))),
                IntStream.range(0, 10)
                        .mapToObj(i -> new RequestInfo("s", "r" + i))
                        .toList(),
                List.of(new ObjectiveSpec("a", "p95 < 500ms"), new ObjectiveSpec("b", "errors < 1%")),
                List.of());
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer, Topic topic, int partition, long at, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(
                broker.settings().topic(topic),
                partition,
                at / 1000,
                key.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                value));
    }

    private double consume(int runs) {
        var settings = new HashMap<>(broker.settings().consumer());
        settings.put("max.poll.records", 5000);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        long wanted = (long) RATE * seconds * SEGMENTS * runs;
        long seen = 0;
        long sum = 0;
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            var partitions = IntStream.range(0, SEGMENTS)
                    .mapToObj(i -> new TopicPartition(broker.settings().topic(Topic.TIMINGS), i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long begun = System.nanoTime();
            double processor = processor("main");
            while (seen < wanted) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (frames.timing(record.value()) instanceof Decoded.Good<Timing>(var timing)
                            && timing.event() instanceof RequestTiming request) {
                        sum += request.response();
                        seen++;
                    }
                }
            }
            System.out.printf(
                    "                    %,.0f events per processor second%n", seen / (processor("main") - processor));
            return sum == 0 ? 0 : seen / ((System.nanoTime() - begun) / 1e9);
        }
    }

    private void aggregate(Path folder, int runs) throws InterruptedException {
        var settings =
                new Settings("bench", broker.settings(), "127.0.0.1", 0, folder.resolve("state"), Optional.empty());
        long launched = System.nanoTime();
        try (var service = AggregatorService.start(settings, AggregatorSettings.usual(), frames, () -> {});
                var consumer =
                        new KafkaConsumer<byte[], byte[]>(broker.settings().consumer())) {
            while (!service.ready()) {
                Thread.onSpinWait();
            }
            System.out.printf("ready after         %.2f s%n", (System.nanoTime() - launched) / 1e9);
            var windows = IntStream.range(0, SEGMENTS)
                    .mapToObj(i -> new TopicPartition(broker.settings().topic(Topic.WINDOWS), i))
                    .toList();
            consumer.assign(windows);
            consumer.seekToBeginning(windows);
            long perWindow = (long) RATE * SEGMENTS;
            long rowsPerWindow = 11;
            long total = (long) seconds * runs;
            long rows = 0;
            long begun = 0;
            double processor = 0;
            long before = 0;
            long fifth = total / 5;
            long mark = fifth;
            while (rows / rowsPerWindow < total) {
                rows += consumer.poll(Duration.ofMillis(50)).count();
                long done = rows / rowsPerWindow;
                long now = System.nanoTime();
                if (begun == 0 && done > 0) {
                    begun = now;
                    before = done;
                    processor = processor("StreamThread");
                } else if (done >= mark) {
                    System.out.printf(
                            "aggregator          %,.0f events/s, %,.0f per processor second (windows %d to %d)%n",
                            (done - before) * perWindow / ((now - begun) / 1e9),
                            (done - before) * perWindow / (processor("StreamThread") - processor),
                            before,
                            done);
                    processor = processor("StreamThread");
                    begun = now;
                    before = done;
                    mark += fifth;
                }
            }
        }
    }

    /// Processor time of the threads with `name` in their name, seconds.
    private static double processor(String name) {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            nanos +=
                    info != null && info.getThreadName().contains(name) ? Math.max(threads.getThreadCpuTime(id), 0) : 0;
        }
        return nanos / 1e9;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
