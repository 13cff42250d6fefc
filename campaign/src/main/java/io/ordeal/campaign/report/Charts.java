package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Figures;
import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What the charts of a report show, before it is drawn. Times are in seconds since the epoch, NaN is a gap.
///
/// @param times the end of each window
/// @param faults as confirmed, with the planned ones that never were left out
record Charts(double start, double end, List<Double> times, List<Span> faults, List<Span> phases, List<Chart> charts) {
    Charts {
        times = List.copyOf(times);
        faults = List.copyOf(faults);
        phases = List.copyOf(phases);
        charts = List.copyOf(charts);
    }

    /// A part of the time axis with a name.
    record Span(String name, double from, double to) {}

    /// A line at a limit.
    record Limit(double value, String label) {}

    /// One line of a chart.
    ///
    /// @param style the name of its colour and of its class
    record Series(String label, String style, double width, boolean dashed, List<Double> values) {
        Series {
            values = List.copyOf(values);
        }
    }

    /// One chart over the time of the run.
    ///
    /// @param unit as it stands behind a number
    /// @param log whether its scale is logarithmic
    record Chart(
            String id, String caption, String unit, boolean log, int height, List<Limit> limits, List<Series> series) {
        Chart {
            limits = List.copyOf(limits);
            series = List.copyOf(series);
        }
    }

    /// Returns the charts of a run.
    static Charts of(RunResult result, List<Moment> moments) {
        var verdict = result.verdict();
        double start = seconds(verdict.startedAt());
        double last = moments.isEmpty() ? start + 1 : seconds(moments.getLast().end());
        double end = Math.max(last, start + Math.max(1, result.plan().duration().toNanos() / 1e9));
        return new Charts(
                start,
                end,
                moments.stream().map(moment -> seconds(moment.end())).toList(),
                faults(result, end),
                verdict.phases().stream()
                        .map(phase -> new Span(phase.phase(), seconds(phase.startedAt()), seconds(phase.endedAt())))
                        .toList(),
                Stream.concat(
                                Stream.of(latency(result, moments), load(moments)),
                                ResourceCharts.of(result.resources(), moments).stream())
                        .toList());
    }

    private static List<Span> faults(RunResult result, double end) {
        return result.verdict().faults().stream()
                .filter(fault -> fault.appliedAt().isPresent())
                .map(fault -> new Span(
                        fault.fault(),
                        seconds(fault.appliedAt().orElseThrow()),
                        fault.revertedAt().map(Charts::seconds).orElse(end)))
                .toList();
    }

    private static Chart latency(RunResult result, List<Moment> moments) {
        return new Chart(
                "latency",
                "Latency of all requests from the scheduled instant, by window (logarithmic). Hatched: a fault in"
                        + " force, as confirmed. Dashed: a limit.",
                " ms",
                true,
                300,
                limits(result),
                List.of(
                        percentile("p50", 1.2, moments, Latency::p50),
                        percentile("p95", 1.8, moments, Latency::p95),
                        percentile("p99", 2.5, moments, Latency::p99)));
    }

    private static Series percentile(String name, double width, List<Moment> moments, Function<Latency, Long> value) {
        return new Series(
                name,
                name,
                width,
                false,
                moments.stream()
                        .map(moment -> moment.response()
                                .map(latency -> Math.max(1, value.apply(latency)) / 1e3)
                                .orElse(Double.NaN))
                        .toList());
    }

    /// The limits of at most two latency objectives, those that failed first.
    private static List<Limit> limits(RunResult result) {
        var limits = new ArrayList<Limit>();
        var failed = result.verdict().objectives().stream()
                .filter(objective -> objective.verdict() == Verdict.FAIL)
                .map(ObjectiveVerdict::name)
                .toList();
        result.plan().campaign().objectives().stream()
                .filter(entry -> switch (entry.objective().measure()) {
                    case Measure.Percentile _, Measure.Mean _, Measure.Maximum _ ->
                        entry.objective().of().isEmpty();
                    case Measure _ -> false;
                })
                .sorted((a, b) -> Boolean.compare(failed.contains(b.name()), failed.contains(a.name())))
                .map(entry -> new Limit(entry.objective().limit() * 1e3, entry.name()))
                .filter(limit -> limits.stream().noneMatch(other -> other.value() == limit.value()))
                .limit(2)
                .forEach(limits::add);
        return limits;
    }

    private static Chart load(List<Moment> moments) {
        return new Chart(
                "load",
                "Requests per second, by window: due, ended, and ended in an error.",
                "/s",
                false,
                180,
                List.of(),
                List.of(
                        rate("due", "asked", 1.2, true, moments, Moment::scheduled),
                        rate("ended", "ended", 1.8, false, moments, moment -> Outcomes.total(moment.counts())),
                        rate("errors", "errors", 2, false, moments, moment -> Outcomes.errors(moment.counts()))));
    }

    private static Series rate(
            String label,
            String style,
            double width,
            boolean dashed,
            List<Moment> moments,
            ToDoubleFunction<Moment> count) {
        return new Series(
                label,
                style,
                width,
                dashed,
                moments.stream()
                        .map(moment ->
                                count.applyAsDouble(moment) / (moment.length().toNanos() / 1e9))
                        .toList());
    }

    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }

    /// Returns a position on the time axis as a clock from the start of the load.
    String clock(double at) {
        return Figures.clock(Duration.ofMillis(Math.round((at - start) * 1e3)));
    }

    /// Returns the greatest value of a chart, its limits included.
    static Optional<Double> greatest(Chart chart) {
        return Stream.concat(
                        chart.series().stream().flatMap(series -> series.values().stream()),
                        chart.limits().stream().map(Limit::value))
                .filter(Double::isFinite)
                .max(Double::compare);
    }
}
