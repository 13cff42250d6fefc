package io.ordeal.campaign.run;

import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// What the rows of one closed window say together. Pure.
///
/// Latencies are read from the merged histograms, as the judge reads them. Of what requests measured themselves rows
/// carry four percentiles: over several rows, the worst of them is taken.
final class WindowMeasure {
    private static final String ALL = "*";
    private static final double MICROS = 1e6;

    private WindowMeasure() {}

    /// Requests that count against a budget.
    ///
    /// @param bad of them
    record Share(long total, long bad) {
        static final Share NONE = new Share(0, 0);

        Share plus(Share other) {
            return new Share(total + other.total, bad + other.bad);
        }
    }

    /// Whether `window` is about all requests.
    static boolean all(WindowSummary window) {
        return window.request().equals(ALL);
    }

    /// Returns the rows of a window that `objective` is about.
    static List<WindowSummary> rows(Objective objective, List<WindowSummary> window) {
        return window.stream()
                .filter(row -> objective
                        .of()
                        .map(name -> !all(row)
                                && (name.equals(row.scenario()) || name.equals(row.scenario() + "/" + row.request())))
                        .orElseGet(() -> all(row)))
                .toList();
    }

    /// Whether `objective` holds over `rows`; empty where they have nothing to say, or too little.
    static Optional<Boolean> holds(Objective objective, List<WindowSummary> rows) {
        return observed(objective, rows).map(objective::holds);
    }

    /// Returns what `objective` observes over `rows`; empty where nothing ended, or fewer than it takes.
    static Optional<Double> observed(Objective objective, List<WindowSummary> rows) {
        long ended = ended(rows);
        return ended == 0 || ended < objective.least().orElse(0L) ? Optional.empty() : observed(objective, rows, ended);
    }

    private static Optional<Double> observed(Objective objective, List<WindowSummary> rows, long ended) {
        double ok = ok(rows);
        return switch (objective.measure()) {
            case Measure.ErrorRatio _ -> Optional.of((ended - ok) / ended);
            case Measure.Availability _ -> Optional.of(ok / (ended + dropped(rows)));
            case Measure.Throughput _ ->
                Optional.of(ok * 1e9 / rows.getFirst().length().toNanos());
            case Measure.Mean(var which) -> mean(rows, which);
            case Measure.Maximum(var which) ->
                max(rows, which).stream().boxed().findFirst().map(max -> max / MICROS);
            case Measure.Percentile(double rank, var which) -> percentile(rows, which, rank);
            case Measure.Custom(var name, var statistic, var _) ->
                custom(rows, name, statistic, objective.comparison().bounded());
            case Measure.Recovery _, Measure.TimeToTrip _, Measure.QueueDrain _, Measure.Level _, Measure.Slope _ ->
                Optional.empty();
        };
    }

    /// Returns how many requests of `rows` are good and bad for the budget of `objective`.
    static Share share(Objective objective, List<WindowSummary> rows) {
        long ended = ended(rows);
        long failed = ended - ok(rows);
        return switch (objective.measure()) {
            case Measure.ErrorRatio _ -> new Share(ended, failed);
            case Measure.Availability _ -> new Share(ended + dropped(rows), failed + dropped(rows));
            case Measure.Percentile(double _, var which) -> new Share(ended, beyond(rows, which, objective));
            default -> Share.NONE;
        };
    }

    /// Requests beyond the limit; those in the bucket of the limit are within it.
    private static long beyond(List<WindowSummary> rows, Measure.Latency which, Objective objective) {
        var histogram = histogram(rows, which);
        long limit = Math.round(objective.limit() * MICROS);
        return histogram.getTotalCount() == 0
                ? 0
                : histogram.getTotalCount() - histogram.getCountBetweenValues(0, limit);
    }

    static long ended(List<WindowSummary> rows) {
        return rows.stream().mapToLong(row -> Outcomes.total(row.counts())).sum();
    }

    private static long ok(List<WindowSummary> rows) {
        return rows.stream()
                .map(WindowSummary::counts)
                .mapToLong(OutcomeCounts::ok)
                .sum();
    }

    /// The ledger stands in a row of all requests, so of one request it is not known what was dropped.
    static long dropped(List<WindowSummary> rows) {
        return rows.stream()
                .flatMap(row -> row.ledger().stream())
                .mapToLong(Ledger::dropped)
                .sum();
    }

    private static Optional<Latency> latency(WindowSummary row, Measure.Latency which) {
        return switch (which) {
            case RESPONSE -> row.response();
            case SERVICE -> row.service();
        };
    }

    private static ByteBuffer bytes(WindowSummary row, Measure.Latency which) {
        return switch (which) {
            case RESPONSE -> row.responseHistogram();
            case SERVICE -> row.serviceHistogram();
        };
    }

    private static Histogram histogram(List<WindowSummary> rows, Measure.Latency which) {
        var all = new Histogram(3);
        rows.stream()
                .map(row -> bytes(row, which))
                .filter(ByteBuffer::hasRemaining)
                .forEach(bytes -> all.add(Histogram.decodeFromByteBuffer(bytes.duplicate(), 0)));
        return all;
    }

    private static Optional<Double> percentile(List<WindowSummary> rows, Measure.Latency which, double rank) {
        var histogram = histogram(rows, which);
        return histogram.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(Math.min(
                                histogram.getValueAtPercentile(rank),
                                max(rows, which).orElse(Long.MAX_VALUE))
                        / MICROS);
    }

    private static OptionalLong max(List<WindowSummary> rows, Measure.Latency which) {
        return rows.stream()
                .flatMap(row -> latency(row, which).stream())
                .mapToLong(Latency::max)
                .max();
    }

    private static Optional<Double> mean(List<WindowSummary> rows, Measure.Latency which) {
        var with = rows.stream().filter(row -> latency(row, which).isPresent()).toList();
        double sum = with.stream()
                .mapToDouble(row -> latency(row, which).map(Latency::mean).orElse(0.0) * Outcomes.total(row.counts()))
                .sum();
        return with.isEmpty() ? Optional.empty() : Optional.of(sum / ended(with) / MICROS);
    }

    private static Optional<Double> custom(
            List<WindowSummary> rows, String name, Statistic statistic, boolean lessIsBetter) {
        var found = rows.stream()
                .flatMap(row -> row.measures().stream())
                .filter(measure -> measure.name().equals(name) && measure.count() > 0)
                .toList();
        return switch (statistic) {
            case Statistic.Average _ -> average(found);
            case Statistic.Least _ -> worst(found, MeasureSummary::min, false);
            case Statistic.Greatest _ -> worst(found, MeasureSummary::max, true);
            case Statistic.Rank(double percent) -> worst(found, measure -> rank(measure, percent), lessIsBetter);
        };
    }

    private static Optional<Double> average(List<MeasureSummary> found) {
        long count = found.stream().mapToLong(MeasureSummary::count).sum();
        return count == 0
                ? Optional.empty()
                : Optional.of(found.stream()
                                .mapToDouble(measure -> measure.mean() * measure.count())
                                .sum()
                        / count);
    }

    private static Optional<Double> worst(
            List<MeasureSummary> found, Function<MeasureSummary, Double> value, boolean greatest) {
        var values = found.stream().map(value);
        return greatest ? values.max(Double::compare) : values.min(Double::compare);
    }

    /// Guards ask for no other.
    private static double rank(MeasureSummary measure, double percent) {
        return percent <= 50
                ? measure.p50()
                : percent <= 90 ? measure.p90() : percent <= 95 ? measure.p95() : measure.p99();
    }
}
