package io.ordeal.benchmarks;

import io.ordeal.schemas.results.RunVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/// How long after the end of a window a reader of committed records has its verdicts, at 10,000 requests per second.
public final class VerdictDelay {
    private static final int RATE = 10_000;

    private VerdictDelay() {}

    /// Runs it: the root of the checkout, and the seconds of load.
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[1]);
        try (var bench = Bench.start(Path.of(args[0]));
                var topics = bench.topics("delay");
                var aggregator = bench.aggregator(topics);
                var told = new Told(topics);
                var feed = new Feed(topics)) {
            System.out.println("aggregator on port " + aggregator.port());
            long start = Instant.now().plusSeconds(3).getEpochSecond() * 1_000_000;
            feed.play(new MadeUpRun(new MadeUpRun.Shape("run", start, seconds, RATE, 10)), VerdictDelay::sleepUntil);
            print(told, told.awaitVerdict("run"));
        }
        System.exit(0);
    }

    private static void sleepUntil(long micros) {
        for (long early = micros - now(); early > 0; early = micros - now()) {
            LockSupport.parkNanos(early * 1000);
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void print(Told told, RunVerdict verdict) {
        var delays = told.delays();
        System.out.printf(
                "%s, ledger %s; verdicts on windows %d: p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                verdict.verdict(),
                verdict.ledger().closed() ? "closed" : "open",
                delays.size(),
                delays.get(delays.size() / 2),
                delays.get(delays.size() * 9 / 10),
                delays.get(delays.size() * 99 / 100),
                delays.getLast());
        Goal.atMost("verdict after the end of its window p99, ms", 1000, delays.get(delays.size() * 99 / 100));
    }
}
