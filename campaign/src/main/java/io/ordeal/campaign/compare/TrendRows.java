package io.ordeal.campaign.compare;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.campaign.compare.Comparison.Row;
import io.ordeal.campaign.compare.Comparison.Terms;
import io.ordeal.schemas.results.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Slopes of two runs side by side: a leak that the earlier run did not have.
///
/// The difference of two slopes has the interval of independent estimates: the ends of each lie as far from it as the
/// root of the squares. It is worse where that interval lies above 0 (below, for throughput) and what the difference
/// makes over the later run exceeds the margin, as a part of the level.
final class TrendRows {
    /// Of these, growth is what one does not want; whether it is of others, only their owner knows.
    private static final Set<String> BETTER_LESS = Set.of(
            "p50",
            "p95",
            "errors",
            "cpu",
            "cpu_cores",
            "memory",
            "memory_bytes",
            "heap_bytes",
            "heap_after_gc",
            "threads",
            "open_files",
            "connections",
            "database_connections",
            "queue_depth",
            "event_loop_lag_seconds",
            "gpu",
            "gpu_memory");

    private static final String THROUGHPUT = "throughput";

    private TrendRows() {}

    static List<Row> of(RecordedRun before, RecordedRun after, Terms terms) {
        var rows = new ArrayList<Row>();
        for (var trend : after.trends()) {
            earlier(before, trend).ifPresent(was -> rows.add(row(was, trend, after.hours(), terms)));
        }
        return rows;
    }

    /// Returns the same trend of an earlier run; the host may be another, if there is only one such process.
    private static Optional<Trend> earlier(RecordedRun before, Trend trend) {
        var alike = before.trends().stream()
                .filter(one ->
                        one.subject().equals(trend.subject()) && process(one).equals(process(trend)))
                .toList();
        return alike.stream()
                .filter(one -> one.source().equals(trend.source()))
                .findFirst()
                .or(() -> alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty());
    }

    private static String process(Trend trend) {
        return trend.source().isEmpty()
                ? "requests"
                : trend.source().substring(trend.source().indexOf('/') + 1);
    }

    private static Row row(Trend before, Trend after, double hours, Terms terms) {
        var change = difference(before, after);
        var verdict = verdict(change, after, hours, terms.margin());
        boolean known = BETTER_LESS.contains(after.subject()) || after.subject().equals(THROUGHPUT);
        return new Row(
                after.source().isEmpty() ? "all requests" : after.source(),
                after.subject() + " slope",
                before.perHour(),
                after.perHour(),
                Optional.of(change),
                Optional.empty(),
                verdict,
                !known
                        ? "whether more of it is worse is not known"
                        : verdict == Change.SAME ? same(change) : "surely another slope, and beyond the margin");
    }

    private static String same(Interval change) {
        return change.above(0) || change.below(0) ? "within the margin" : "within the noise";
    }

    private static Interval difference(Trend before, Trend after) {
        double estimate = after.perHour() - before.perHour();
        double down = Math.hypot(after.perHour() - after.low(), before.high() - before.perHour());
        double up = Math.hypot(after.high() - after.perHour(), before.perHour() - before.low());
        return new Interval(estimate - down, estimate, estimate + up);
    }

    private static Change verdict(Interval change, Trend after, double hours, double margin) {
        double sign = after.subject().equals(THROUGHPUT) ? -1 : BETTER_LESS.contains(after.subject()) ? 1 : 0;
        double part = Math.abs(change.estimate()) * hours / Math.max(Math.abs(after.level()), Double.MIN_NORMAL);
        if (sign == 0 || part <= margin || !(change.above(0) || change.below(0))) {
            return Change.SAME;
        }
        return sign * change.estimate() > 0 ? Change.WORSE : Change.BETTER;
    }
}
