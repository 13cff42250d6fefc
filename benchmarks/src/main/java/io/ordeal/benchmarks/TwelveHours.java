package io.ordeal.benchmarks;

import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/// Hours of 10,000 requests per second as event time, replayed as fast as it goes: what is left on the heap on the way,
/// and whether the verdicts are the exact ones.
public final class TwelveHours {
    private static final int RATE = 10_000;
    private static final long MINUTE = 60_000_000;

    /// How far the events may run ahead of the verdicts: no further than their topic may grow.
    private static final long AHEAD = 3 * MINUTE;

    private final Bench.Topics topics;
    private final Admin admin;
    private final Told told;
    private long begun;

    private TwelveHours(Bench.Topics topics, Admin admin, Told told) {
        this.topics = topics;
        this.admin = admin;
        this.told = told;
    }

    /// Runs it: the root of the checkout, the hours, and how many of them make one run.
    public static void main(String[] args) throws IOException, InterruptedException {
        double hours = Double.parseDouble(args[1]);
        double each = Math.min(hours, Double.parseDouble(args[2]));
        boolean exact = true;
        try (var bench = Bench.start(Path.of(args[0]));
                var topics = bench.topics("soak");
                var admin = Admin.create(topics.kafka().admin());
                var told = new Told(topics);
                var aggregator = bench.aggregator(topics)) {
            System.out.println("aggregator on port " + aggregator.port());
            var soak = new TwelveHours(topics, admin, told);
            soak.keepLittle();
            for (int run = 0; run * each < hours; run++) {
                exact &= soak.run("soak-" + run, (int) (each * 3600));
            }
        }
        System.exit(exact ? 0 : 1);
    }

    private boolean run(String name, int seconds) {
        long start = (Instant.now().getEpochSecond() - seconds) * 1_000_000;
        var run = new MadeUpRun(new MadeUpRun.Shape(name, start, seconds, RATE, 10));
        begun = System.nanoTime();
        try (var feed = new Feed(topics)) {
            feed.play(run, reached -> wait(run, reached));
        }
        var verdict = told.awaitVerdict(name);
        progress(run, seconds);
        return exact(run, verdict);
    }

    /// Once a minute of the run it waits until the aggregator is near, and says how things stand every ten.
    private void wait(MadeUpRun run, long reached) {
        long since = reached - run.shape().start();
        if (since % MINUTE != 0) {
            return;
        }
        if (since > AHEAD) {
            told.awaitWindow(run.shape().run(), MadeUpRun.instant(reached - AHEAD));
            forgetWhatIsTold(reached - AHEAD);
        }
        if (since % (10 * MINUTE) == 0) {
            progress(run, since / 1_000_000);
        }
    }

    private void progress(MadeUpRun run, long seconds) {
        double spent = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%-10s %6.1f minutes   %,14d events   %,10.0f events/s   heap after GC %6.1f MiB%n",
                run.shape().run(), seconds / 60.0, run.count(), run.count() / spent, Bench.heap());
    }

    private static boolean exact(MadeUpRun run, RunVerdict verdict) {
        var ledger = verdict.ledger();
        boolean complete = ledger.closed()
                && ledger.aggregated() == run.count()
                && verdict.windows() == run.shape().seconds()
                && verdict.verdict() == Verdict.PASS;
        var answers = Map.of(
                "p99",
                edge(run.percentile(99), run.percentile(100)) / 1e6,
                "mean",
                run.mean(),
                "max",
                run.percentile(100) / 1e6,
                "errors",
                run.errors());
        boolean exact = answers.entrySet().stream()
                .filter(answer -> !observed(verdict, answer.getKey(), answer.getValue()))
                .findAny()
                .isEmpty();
        System.out.printf(
                "%-10s %s, %,d of %,d aggregated, %,d windows, %s: %s%n",
                run.shape().run(),
                verdict.verdict(),
                ledger.aggregated(),
                run.count(),
                verdict.windows(),
                verdict.reasons(),
                complete && exact ? "exact" : "NOT EXACT");
        return complete && exact;
    }

    private static boolean observed(RunVerdict verdict, String objective, double expected) {
        double observed = verdict.objectives().stream()
                .filter(each -> each.name().equals(objective))
                .flatMap(each -> each.observed().stream())
                .findFirst()
                .orElse(Double.NaN);
        boolean equal = Math.abs(observed - expected) <= 1e-12 * expected; // a rounding of the last digit
        System.out.printf("           %-8s observed %.9f   exact %.9f%n", objective, observed, expected);
        return equal;
    }

    /// A percentile is told at the upper edge of its bucket, never above the maximum; docs/verdicts.md, "Windows".
    private static long edge(int percentile, int max) {
        return Math.min(new Histogram(3_600_000_000L, 3).highestEquivalentValue(percentile), max);
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, MadeUpRun.SEGMENTS)
                .mapToObj(i -> new TopicPartition(topics.kafka().topic(Topic.TIMINGS), i))
                .toList();
    }

    private void keepLittle() throws InterruptedException {
        var resource =
                new ConfigResource(ConfigResource.Type.TOPIC, topics.kafka().topic(Topic.TIMINGS));
        var small =
                new AlterConfigOp(new ConfigEntry("segment.bytes", String.valueOf(64 << 20)), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(small)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic cannot be configured", e);
        }
    }

    /// What is aggregated need not lie on the disk.
    private void forgetWhatIsTold(long micros) {
        var before = partitions().stream()
                .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.forTimestamp(micros / 1000)));
        try {
            var offsets = admin.listOffsets(before).all().get();
            admin.deleteRecords(offsets.entrySet().stream()
                            .filter(entry -> entry.getValue().offset() > 0)
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    entry -> RecordsToDelete.beforeOffset(
                                            entry.getValue().offset()))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("what is told cannot be deleted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
