package io.ordeal.benchmarks;

import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// How many events per second the aggregator takes from a full topic with one stream thread, exactly once, beside a
/// consumer that only decodes the same topic, and beside the DSL with the same histograms.
///
/// Then whether an event costs more with more series, and with runs of the past on the topic. Processor time is that of
/// the thread that does the work, so it says the same on a machine that does other things as well.
public final class AggregatorSpeed {
    private static final int RATE = 20_000;
    private static final int PAST = 100;

    private final Bench bench;
    private final int seconds;

    private AggregatorSpeed(Bench bench, int seconds) {
        this.bench = bench;
        this.seconds = seconds;
    }

    /// Events per second of the clock, and per second of a processor.
    ///
    /// @param heap what is left on it after a collection, in the middle of the work; MiB
    private record Speed(double perSecond, double perProcessorSecond, double heap) {
        void print(String what) {
            System.out.printf(
                    "%-28s %,12.0f events/s %,12.0f per processor second   heap after GC %6.1f MiB%n",
                    what, perSecond, perProcessorSecond, heap);
        }
    }

    /// Runs it: the root of the checkout, and the seconds of load at 20,000 events per second.
    public static void main(String[] args) throws IOException {
        try (var bench = Bench.start(Path.of(args[0]))) {
            var speed = new AggregatorSpeed(bench, Integer.parseInt(args[1]));
            speed.besideOthers();
            for (int series : List.of(1, 100, 1_000)) {
                speed.withSeries(series);
            }
            speed.afterOthers();
        }
        System.exit(0);
    }

    private void besideOthers() {
        try (var topics = bench.topics("beside")) {
            var run = load(topics, List.of(run("run", seconds, 10))).getFirst();
            var bare = new ArrayList<Speed>();
            for (int i = 0; i < 3; i++) {
                bare.add(decode(topics, run.count()));
                bare.getLast().print("decoding consumer");
            }
            var aggregator = aggregate(topics, List.of(run));
            aggregator.print("aggregator");
            new DslRival(topics, bench.folder("dsl"))
                    .run(
                            run.count() / 10,
                            (perSecond, perProcessorSecond) -> new Speed(perSecond, perProcessorSecond, Bench.heap())
                                    .print("DSL aggregate, a tenth of it"));
            double best = bare.stream().mapToDouble(Speed::perSecond).max().orElseThrow();
            double leanest =
                    bare.stream().mapToDouble(Speed::perProcessorSecond).max().orElseThrow();
            Goal.atLeast("events/s against the consumer's", 0.5, aggregator.perSecond / best);
            Goal.atLeast("per processor second", 0.5, aggregator.perProcessorSecond / leanest);
        }
    }

    private void withSeries(int series) {
        try (var topics = bench.topics("series" + series)) {
            var run = load(topics, List.of(run("run", seconds / 2, series)));
            aggregate(topics, run).print(series + " series");
        }
    }

    private void afterOthers() {
        try (var topics = bench.topics("past")) {
            var runs = new ArrayList<MadeUpRun>();
            for (int i = 0; i < PAST; i++) {
                runs.add(run("past-" + i, 2, 10));
            }
            runs.add(run("run", seconds / 2, 10));
            load(topics, runs);
            aggregate(topics, runs).print("after " + PAST + " other runs");
        }
    }

    private static MadeUpRun run(String name, int seconds, int series) {
        long start = (Instant.now().getEpochSecond() - seconds) * 1_000_000;
        return new MadeUpRun(new MadeUpRun.Shape(name, start, seconds, RATE, series));
    }

    private static List<MadeUpRun> load(Bench.Topics topics, List<MadeUpRun> runs) {
        try (var feed = new Feed(topics)) {
            runs.forEach(run -> feed.play(run, _ -> {}));
        }
        return runs;
    }

    private static Speed decode(Bench.Topics topics, long wanted) {
        var settings = topics.kafka().consumer();
        settings.put("max.poll.records", 5000);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        long seen = 0;
        long sum = 0;
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            var partitions = IntStream.range(0, MadeUpRun.SEGMENTS)
                    .mapToObj(i -> new TopicPartition(topics.kafka().topic(Topic.TIMINGS), i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var watch = Watch.of("main");
            while (seen < wanted) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (topics.wire().decodeTiming(record.value()) instanceof Decoded.Good<Timing>(var timing)
                            && timing.event() instanceof RequestTiming request) {
                        sum += request.response();
                        seen++;
                    }
                }
            }
            if (sum == 0) {
                throw new IllegalStateException("nothing was decoded");
            }
            return watch.speed(seen, Bench.heap());
        }
    }

    /// From the first windows of the last run, by when everything runs and is compiled, until its verdict.
    private Speed aggregate(Bench.Topics topics, List<MadeUpRun> runs) {
        var last = runs.getLast();
        var shape = last.shape();
        long warm = shape.seconds() / 5;
        try (var service = bench.aggregator(topics);
                var told = new Told(topics)) {
            if (!service.ready()) {
                throw new IllegalStateException("the aggregator is not ready");
            }
            told.awaitWindow(shape.run(), MadeUpRun.instant(shape.start() + warm * 1_000_000));
            double heap = Bench.heap();
            var watch = Watch.of("StreamThread");
            var verdict = told.awaitVerdict(shape.run());
            var speed = watch.speed(last.count() - warm * shape.rate(), heap);
            if (verdict.ledger().aggregated() != last.count()) {
                throw new IllegalStateException("aggregated " + verdict.ledger().aggregated() + " of " + last.count());
            }
            return speed;
        }
    }

    /// Since when, by the clock and by the processor time of some threads.
    private record Watch(String threads, long begun, double processor) {
        static Watch of(String threads) {
            return new Watch(threads, System.nanoTime(), Bench.processor(threads));
        }

        Speed speed(long events, double heap) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            double busy = Bench.processor(threads) - processor;
            return new Speed(events / seconds, events / busy, heap);
        }
    }
}
