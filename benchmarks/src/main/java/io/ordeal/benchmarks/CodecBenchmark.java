package io.ordeal.benchmarks;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.wire.RecordCodec;
import io.ordeal.schemas.wire.TimingCodec;
import io.ordeal.schemas.wire.Topic;
import java.util.Optional;
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

/// The cost of one timing event in bytes: by hand and in general, there and back.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final byte[] PREFIX = {0, 0, 0, 0, 1};

    private final TimingCodec byHand = new TimingCodec();
    private final RecordCodec<Timing> general = RecordCodec.of(Topic.TIMINGS, Timing.class);
    private final byte[] bytes = general.encode(new Timing("k7xm-2q9d", 3, 1, event(1)));
    private long sequence;

    /// Writes one event by hand.
    @Benchmark
    public byte[] encodeByHand() {
        return byHand.encode(PREFIX, "k7xm-2q9d", 3, 1, event(sequence++));
    }

    /// Writes one event with the general codec.
    @Benchmark
    public byte[] encodeInGeneral() {
        return general.encode(new Timing("k7xm-2q9d", 3, 1, event(sequence++)));
    }

    /// Reads one event by hand.
    @Benchmark
    public Timing decodeByHand() {
        return byHand.decode(bytes, 0);
    }

    /// Reads one event with the general codec.
    @Benchmark
    public Timing decodeInGeneral() {
        return general.decode(bytes, 0, general.schema());
    }

    private static RequestTiming event(long number) {
        return new RequestTiming(
                number,
                number,
                1,
                0,
                (int) (number % 1000),
                0,
                1_763_700_000_000_000L + number * 100,
                1_234 + number % 977,
                56,
                0,
                0,
                0,
                1_100,
                Outcome.OK,
                200,
                0,
                512,
                Optional.empty());
    }
}
