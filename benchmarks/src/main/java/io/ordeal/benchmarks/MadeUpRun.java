package io.ordeal.benchmarks;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.results.ObjectiveSpec;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A run of steady load whose events are computed one after the other, never stored, and the exact answers about them.
final class MadeUpRun {
    static final int SEGMENTS = 4;

    private static final int TICKS_PER_SECOND = 4;
    private static final int GREATEST = 2_000 + 1023 * 1023 / 4;

    private final Shape shape;
    private final long[] responses = new long[GREATEST + 1];
    private final long[] sequences = new long[SEGMENTS];
    private long count;
    private long bad;
    private long sum;
    private long state;

    /// @param start microseconds since the epoch, a whole second
    /// @param rate requests per second, all segments together
    /// @param series kinds of requests
    record Shape(String run, long start, int seconds, int rate, int series) {
        long events() {
            return (long) seconds * rate;
        }

        long end() {
            return start + seconds * 1_000_000L;
        }
    }

    /// Where the events go, in order of time.
    interface Sink {
        /// A request has ended.
        void request(int segment, RequestTiming request);

        /// A segment tells how far it has come.
        void tick(int segment, SegmentTick tick);

        /// All that happened before `micros` is told.
        void reached(long micros);
    }

    MadeUpRun(Shape shape) {
        this.shape = shape;
        this.state = shape.run.hashCode() * 2_654_435_761L + 1;
    }

    Shape shape() {
        return shape;
    }

    /// Returns what is asked of it: all of it holds.
    RunObjectives objectives() {
        return new RunObjectives(
                shape.run,
                "benchmark",
                Duration.ofSeconds(1),
                SEGMENTS,
                List.of(new PhaseInfo("steady", true, Duration.ZERO, Duration.ofSeconds(shape.seconds))),
                IntStream.range(0, shape.series)
                        .mapToObj(i -> new RequestInfo("s", "r" + i))
                        .toList(),
                List.of(
                        new ObjectiveSpec("p99", "p99 < 500ms"),
                        new ObjectiveSpec("mean", "mean < 500ms"),
                        new ObjectiveSpec("max", "max < 5s"),
                        new ObjectiveSpec("errors", "errors < 1%")),
                List.of());
    }

    /// Makes all its events.
    void play(Sink sink) {
        for (int second = 0; second < shape.seconds; second++) {
            for (int quarter = 0; quarter < TICKS_PER_SECOND; quarter++) {
                long from = shape.start + second * 1_000_000L + quarter * (1_000_000L / TICKS_PER_SECOND);
                int requests = shape.rate / TICKS_PER_SECOND;
                for (int i = 0; i < requests; i++) {
                    request(sink, from + i * (1_000_000L / TICKS_PER_SECOND) / requests);
                }
                ticks(sink, from + 1_000_000L / TICKS_PER_SECOND);
            }
        }
    }

    private void request(Sink sink, long ended) {
        state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L; // Knuth, MMIX
        int random = (int) (state >>> 32);
        int response = 2_000 + (random & 1023) * (random >>> 10 & 1023) / 4;
        boolean ok = (random >>> 20) % 500 != 0;
        int segment = (int) (count % SEGMENTS);
        long sequence = sequences[segment]++;
        sink.request(
                segment,
                new RequestTiming(
                        sequence,
                        sequence,
                        0,
                        (int) (count / SEGMENTS % shape.series),
                        random & 1023,
                        0,
                        ended,
                        response,
                        300,
                        0,
                        0,
                        0,
                        1_500,
                        ok ? Outcome.OK : Outcome.HTTP_ERROR,
                        ok ? 200 : 500,
                        120,
                        2_000,
                        Optional.empty()));
        responses[response]++;
        count++;
        sum += response;
        bad += ok ? 0 : 1;
    }

    private void ticks(Sink sink, long at) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            long so = sequences[segment];
            sink.tick(
                    segment,
                    new SegmentTick(
                            instant(at),
                            "benchmark",
                            0,
                            0,
                            so,
                            0,
                            so,
                            so,
                            so,
                            0,
                            0,
                            0,
                            100,
                            100,
                            0.5,
                            (double) shape.rate / SEGMENTS,
                            10,
                            "",
                            at == shape.end(),
                            List.of(),
                            0,
                            0,
                            so));
        }
        sink.reached(at);
    }

    long count() {
        return count;
    }

    double errors() {
        return (double) bad / count;
    }

    /// Returns the mean response in seconds.
    double mean() {
        return (double) sum / count / 1e6;
    }

    /// Returns the response that `percent` of the requests do not exceed, by nearest rank; 100 for the greatest;
    /// microseconds.
    int percentile(double percent) {
        long rank = (long) Math.ceil(percent / 100 * count);
        int value = -1;
        for (long seen = 0; seen < rank; ) {
            seen += responses[++value];
        }
        return value;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
