package io.ordeal.benchmarks;

import io.ordeal.generator.schedule.Arrivals;
import io.ordeal.generator.schedule.Cursor;
import io.ordeal.generator.schedule.Seed;
import io.ordeal.generator.schedule.Share;
import io.ordeal.generator.schedule.Timeline;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.List;
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

/// The cost of the instant of one arrival: from its index, and from the one before as a segment goes on.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScheduleBenchmark {
    private static final Duration HOURS = Duration.ofHours(12);
    private static final double RATE = 10_000;
    private static final int ARRIVALS = 100_000_000;

    private final Arrivals steady = Arrivals.of(RATE, RATE, HOURS.toNanos());
    private final Arrivals ramp = Arrivals.of(0, RATE, HOURS.toNanos());
    private Cursor cursor = cursor();
    private long index;

    /// The instant of an arrival at a constant rate.
    @Benchmark
    public long steady() {
        return steady.instant(index++ % ARRIVALS);
    }

    /// The instant of an arrival at a ramping rate.
    @Benchmark
    public long ramp() {
        return ramp.instant(index++ % ARRIVALS);
    }

    /// One step of a segment through its share of the schedule.
    @Benchmark
    public long advance() {
        cursor.advance();
        if (cursor.due() == Arrivals.NEVER) {
            cursor = cursor();
        }
        return cursor.due();
    }

    private static Cursor cursor() {
        var phase = new LoadPhase("steady", LoadModel.CONSTANT_RATE, RATE, RATE, HOURS, true, 1);
        return new Cursor(Timeline.of(List.of(phase), 0, new Seed(1)), new Share(1, 4));
    }
}
