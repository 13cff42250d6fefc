package io.ordeal.campaign.run;

import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Rows of windows of one second, for tests.
///
/// @param second its start
/// @param request `scenario/request`, or `*/*`
/// @param micros the response time of every request
record GuardRows(
        int second,
        String phase,
        String request,
        long ok,
        long bad,
        long dropped,
        long micros,
        List<MeasureSummary> own) {
    static final Instant START = Instant.parse("2026-11-06T21:20:00Z");

    static GuardRows all(int second, long ok, long bad) {
        return new GuardRows(second, "steady", "*/*", ok, bad, 0, 5_000, List.of());
    }

    static GuardRows each(int second, String request, long ok, long bad, long micros) {
        return new GuardRows(second, "steady", request, ok, bad, 0, micros, List.of());
    }

    GuardRows dropping(long requests) {
        return new GuardRows(second, phase, request, ok, bad, requests, micros, own);
    }

    GuardRows taking(long time) {
        return new GuardRows(second, phase, request, ok, bad, dropped, time, own);
    }

    GuardRows in(String other) {
        return new GuardRows(second, other, request, ok, bad, dropped, micros, own);
    }

    GuardRows measuring(String name, long count, double value) {
        var summary = new MeasureSummary(name, count, value, value, value, value, value, value, value);
        return new GuardRows(second, phase, request, ok, bad, dropped, micros, List.of(summary));
    }

    WindowSummary row() {
        long ended = ok + bad;
        var names = request.split("/", 2);
        var latency = ended == 0
                ? Optional.<Latency>empty()
                : Optional.of(new Latency(micros, micros, micros, micros, micros, micros, micros));
        return new WindowSummary(
                "r",
                START.plusSeconds(second),
                Duration.ofSeconds(1),
                phase,
                names[0],
                names[1],
                ClosedBy.TICKS,
                START.plusSeconds(second),
                new OutcomeCounts(ok, 0, bad, 0, 0, 0, 0),
                names[0].equals("*")
                        ? Optional.of(new Ledger(ended + dropped, dropped, ended, ended, ended, ended, 0, 0, true))
                        : Optional.empty(),
                latency,
                latency,
                histogram(micros, ended),
                histogram(micros, ended),
                0,
                0,
                0,
                List.of(),
                List.of(),
                own);
    }

    /// Returns a histogram with so many of one value.
    static ByteBuffer histogram(long micros, long count) {
        if (count == 0) {
            return ByteBuffer.allocate(0);
        }
        var histogram = new Histogram(3);
        histogram.recordValueWithCount(micros, count);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        return buffer.flip();
    }
}
