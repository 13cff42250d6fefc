package io.ordeal.aggregator.audit;

import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.results.GeneratorSummary;
import java.util.ArrayList;
import java.util.List;

/// How well the generators kept their schedule.
final class Pace {
    private final List<Long> starts = new ArrayList<>();
    private final List<Long> lags = new ArrayList<>();
    private long longestStart;

    /// Counts how late a request started, less what it waited for its connection.
    void start(RequestTiming request) {
        long late = Math.max(request.delay() - request.blocked() - request.connect() - request.tls(), 0);
        starts.add(late);
        longestStart = Math.max(longestStart, late);
    }

    /// Counts the lag of the event loop; ticks also know how late requests started that never ended.
    void tick(SegmentTick tick) {
        lags.add(Math.max(tick.eventLoopLag(), 0));
        longestStart = Math.max(longestStart, tick.startDelay());
    }

    GeneratorSummary summary(int instances, long saturatedWindows) {
        var start = latencies(starts);
        var lag = latencies(lags);
        return new GeneratorSummary(
                instances,
                edge(start, 50),
                edge(start, 99),
                longestStart,
                lag.percentile(99),
                lag.max(),
                saturatedWindows);
    }

    private long edge(Latencies start, double percent) {
        return start.upTo(percent, longestStart);
    }

    private static Latencies latencies(List<Long> values) {
        return new Latencies(values.stream().mapToLong(Long::longValue).toArray());
    }
}
