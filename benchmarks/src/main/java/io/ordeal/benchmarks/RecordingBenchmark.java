package io.ordeal.benchmarks;

import io.ordeal.generator.run.Account;
import io.ordeal.generator.run.Tolerance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of keeping the account of one request: scheduled, started, sent, completed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordingBenchmark {
    private static final long WINDOW = 1_000_000_000L;
    private static final long APART = 100_000L;
    private static final long ANSWER = 250_000L;

    private final Account account = new Account("benchmark", WINDOW, Tolerance.unlimited(), 0);
    private long now = 1_763_700_000_000_000_000L;

    /// One request, 0.1 ms after the one before.
    @Benchmark
    public long request() {
        now += APART;
        account.scheduled(now);
        account.started(20_000);
        account.sent(now);
        return account.completed(now + ANSWER);
    }
}
