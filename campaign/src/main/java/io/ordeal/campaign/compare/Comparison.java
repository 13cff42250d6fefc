package io.ordeal.campaign.compare;

import io.ordeal.aggregator.judge.Counts;
import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.PercentileShift;
import io.ordeal.aggregator.statistics.Proportions;
import io.ordeal.aggregator.statistics.RankSum;
import io.ordeal.campaign.compare.RecordedRun.RecordedRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A run compared with one before it, request by request.
///
/// A latency is worse where the interval of its relative shift (block bootstrap over windows) lies above 0, the shift
/// exceeds the margin, and the windows' percentiles agree by rank (Mann-Whitney). An error ratio is worse where the
/// interval of the difference (Newcombe) lies above 0 and the difference exceeds its margin.
///
/// @param differences why the runs are not alike as runs; empty: they are comparable
public record Comparison(RecordedRun before, RecordedRun after, List<String> differences, List<Row> rows) {
    private static final List<Double> RANKS = List.of(50.0, 95.0, 99.0);
    private static final int DRAWS = 1000;
    private static final int MOST_REASONS = 5;
    private static final double DISAGREEMENT = 0.05;
    /// A percentile of one window stands on at least so many requests beyond it.
    private static final double BEYOND = 1;

    public Comparison {
        differences = List.copyOf(differences);
        rows = List.copyOf(rows);
    }

    /// How sure and how large a change must be.
    ///
    /// @param margin the relative shift of a latency up to which it is the same, for instance 0.05
    /// @param errorMargin the difference of an error ratio up to which it is the same, for instance 0.001
    /// @param confidence of the intervals, for instance 0.98
    public record Terms(double margin, double errorMargin, double confidence) {}

    /// One measure of one request.
    ///
    /// @param request `scenario/request`, or whose trend it is
    /// @param measure `p50`, `p95`, `p99`, `errors`, or what a trend is of, with ` slope`
    /// @param before in microseconds, as a ratio, or per hour
    /// @param change relative for a latency, a difference for a ratio and for a slope
    /// @param superiority the probability that a window is slower than one before; empty for ratios
    /// @param reason why it is what it is
    public record Row(
            String request,
            String measure,
            double before,
            double after,
            Optional<Interval> change,
            Optional<Double> superiority,
            Change verdict,
            String reason) {}

    /// Compares `after` with `before`.
    public static Comparison of(RecordedRun before, RecordedRun after, Terms terms) {
        var rows = new ArrayList<Row>();
        for (var request : after.requests()) {
            var earlier = before.request(request.name());
            if (earlier.isPresent()) {
                RANKS.forEach(rank -> rows.add(latency(earlier.get(), request, rank, terms)));
                rows.add(errors(earlier.get(), request, terms));
            }
        }
        rows.addAll(TrendRows.of(before, after, terms));
        return new Comparison(before, after, differences(before, after), rows);
    }

    /// Returns what the verdict rests on, the worst first.
    public List<String> reasons() {
        return Stream.of(Change.WORSE, Change.BETTER)
                .flatMap(change -> rows.stream()
                        .filter(row -> row.verdict() == change)
                        .map(row -> row.request() + " " + row.measure() + " is " + change.word()))
                .limit(MOST_REASONS)
                .toList();
    }

    /// Returns the verdict over all rows: worse where any is, better where some are and none is worse, unclear where
    /// nothing could be told.
    public Change verdict() {
        if (any(Change.WORSE)) {
            return Change.WORSE;
        }
        if (rows.stream().allMatch(row -> row.verdict() == Change.UNCLEAR)) {
            return Change.UNCLEAR;
        }
        return any(Change.BETTER) ? Change.BETTER : Change.SAME;
    }

    private boolean any(Change change) {
        return rows.stream().anyMatch(row -> row.verdict() == change);
    }

    private static List<String> differences(RecordedRun before, RecordedRun after) {
        var differences = new ArrayList<String>();
        if (!before.campaign().equals(after.campaign())) {
            differences.add("the campaigns differ: " + before.campaign() + " and " + after.campaign());
        }
        if (before.plan().isEmpty() || after.plan().isEmpty()) {
            differences.add("a run does not say which plan it followed");
        } else if (!before.plan().equals(after.plan())) {
            differences.add("the plans differ: " + brief(before.plan().get()) + " and "
                    + brief(after.plan().get()));
            differences.addAll(unlike(before.facts(), after.facts()));
        }
        for (var request : before.requests()) {
            if (after.request(request.name()).isEmpty()) {
                differences.add(request.name() + " is in the first run only");
            }
        }
        for (var request : after.requests()) {
            if (before.request(request.name()).isEmpty()) {
                differences.add(request.name() + " is in the second run only");
            }
        }
        for (var run : List.of(before, after)) {
            if (run.verdict().equals("INCONCLUSIVE")) {
                differences.add("run " + run.run() + " is INCONCLUSIVE by itself");
            }
        }
        return differences;
    }

    /// Says part by part in which way two plans are unlike.
    private static List<String> unlike(Map<String, String> before, Map<String, String> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> name + ": " + before.getOrDefault(name, "not there") + ", then "
                        + after.getOrDefault(name, "not there"))
                .toList();
    }

    private static String brief(String hash) {
        return hash.substring(0, Math.min(7, hash.length()));
    }

    private static Row latency(RecordedRequest before, RecordedRequest after, double rank, Terms terms) {
        var measure = "p" + (int) rank;
        double was = before.all().percentile(rank);
        double is = after.all().percentile(rank);
        var shift = PercentileShift.between(
                before.windows(), after.windows(), rank, terms.confidence(), DRAWS, seed(before.name(), rank));
        if (shift.isEmpty()) {
            var reason = "fewer than " + PercentileShift.FEWEST + " windows";
            return new Row(before.name(), measure, was, is, shift, Optional.empty(), Change.UNCLEAR, reason);
        }
        var ranks = RankSum.of(percentiles(before.windows(), rank), percentiles(after.windows(), rank));
        // Windows with too few requests for the percentile have no vote.
        boolean agree = ranks.map(sum -> sum.significance() < DISAGREEMENT
                        && (sum.superiority() > 0.5) == (shift.get().estimate() > 0))
                .orElse(true);
        var change = agree ? change(shift.get(), terms.margin()) : Change.SAME;
        return new Row(
                before.name(),
                measure,
                was,
                is,
                shift,
                ranks.map(RankSum::superiority),
                change,
                reason(shift.get(), terms.margin(), change));
    }

    private static Row errors(RecordedRequest before, RecordedRequest after, Terms terms) {
        var difference = Proportions.difference(
                before.errors(), before.count(), after.errors(), after.count(), terms.confidence());
        double was = ratio(before);
        double is = ratio(after);
        if (difference.isEmpty()) {
            return new Row(
                    before.name(), "errors", was, is, difference, Optional.empty(), Change.UNCLEAR, "no requests");
        }
        var change = change(difference.get(), terms.errorMargin());
        var reason = reason(difference.get(), terms.errorMargin(), change);
        return new Row(before.name(), "errors", was, is, difference, Optional.empty(), change, reason);
    }

    /// Returns what `interval` means for something of which less is better.
    private static Change change(Interval interval, double margin) {
        if (interval.above(0) && interval.estimate() > margin) {
            return Change.WORSE;
        }
        return interval.below(0) && interval.estimate() < -margin ? Change.BETTER : Change.SAME;
    }

    private static String reason(Interval interval, double margin, Change change) {
        if (change != Change.SAME) {
            return "surely different, and beyond the margin";
        }
        return Math.abs(interval.estimate()) <= margin ? "within the margin" : "within the noise";
    }

    /// Returns the percentile of each window that has enough requests for it.
    private static double[] percentiles(List<Counts> windows, double rank) {
        return windows.stream()
                .filter(window -> window.total() * (1 - rank / 100) >= BEYOND)
                .mapToDouble(window -> window.percentile(rank))
                .toArray();
    }

    private static double ratio(RecordedRequest request) {
        return request.count() == 0 ? 0 : (double) request.errors() / request.count();
    }

    /// The same runs give the same answer.
    private static long seed(String request, double rank) {
        return ((long) request.hashCode() << 32) ^ Double.hashCode(rank);
    }
}
