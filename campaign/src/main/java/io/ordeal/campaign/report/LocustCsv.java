package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.WindowSummary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Writes the four CSV files of Locust with its exact columns, so that what reads Locust's reads these. Times are in
/// milliseconds. `Type` is the method and `Name` the request, with its scenario where two share a name.
final class LocustCsv {
    private static final String PERCENTILES = "50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%";
    private static final double[] RANKS = {50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100};
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunResult result;

    LocustCsv(RunResult result) {
        this.result = result;
    }

    /// One row per request over the judged phases, the last for all.
    String stats() {
        var csv = new Csv("Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,"
                + "Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s," + PERCENTILES);
        double seconds = judgedSeconds();
        var all = Histograms.empty();
        var sum = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);
        long bytes = 0;
        for (var request : result.verdict().requests()) {
            var histogram = Histograms.decoded(request.responseHistogram());
            csv.row(stats(type(request), name(request), request.counts(), histogram, request.bytesIn(), seconds));
            all.add(histogram);
            sum = Outcomes.plus(sum, request.counts());
            bytes += request.bytesIn();
        }
        csv.row(stats("", "Aggregated", sum, all, bytes, seconds));
        return csv.toString();
    }

    private List<Object> stats(
            String type, String name, OutcomeCounts counts, Histogram histogram, long bytes, double seconds) {
        long count = Outcomes.total(counts);
        var row = new ArrayList<Object>(List.of(type, name, count, Outcomes.errors(counts)));
        row.addAll(totals(histogram));
        row.add(count == 0 ? 0.0 : (double) bytes / count);
        row.add(seconds == 0 ? 0.0 : count / seconds);
        row.add(seconds == 0 ? 0.0 : Outcomes.errors(counts) / seconds);
        row.addAll(percentiles(histogram));
        return row;
    }

    /// One row per window for all requests; rates and percentiles are of the window, the totals up to its end.
    String history() {
        var csv = new Csv("Timestamp,User Count,Type,Name,Requests/s,Failures/s," + PERCENTILES
                + ",Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,"
                + "Total Min Response Time,Total Max Response Time,Total Average Content Size");
        var total = Histograms.empty();
        var sum = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);
        long bytes = 0;
        for (var moment : Moment.of(result.windows())) {
            total.add(moment.histogram());
            sum = Outcomes.plus(sum, moment.counts());
            bytes += moment.bytesIn();
            long count = Outcomes.total(moment.counts());
            var row = new ArrayList<Object>(List.of(moment.end().getEpochSecond(), users(moment), "", "Aggregated"));
            row.add(rate(moment.perSecond(count)));
            row.add(rate(moment.perSecond(Outcomes.errors(moment.counts()))));
            row.addAll(percentiles(moment.histogram()));
            row.addAll(List.of(Outcomes.total(sum), Outcomes.errors(sum)));
            row.addAll(totals(total));
            row.add(Outcomes.total(sum) == 0 ? 0.0 : (double) bytes / Outcomes.total(sum));
            csv.row(row);
        }
        return csv.toString();
    }

    /// One row per request and kind of error.
    String failures() {
        var csv = new Csv("Method,Name,Error,Occurrences,First Seen,Last Seen");
        record Key(RequestSummary request, String error) {}
        record Seen(long count, Instant first, Instant last) {}
        var rows = new LinkedHashMap<Key, Seen>();
        var inOrder = result.windows().stream()
                .sorted(Comparator.comparing(WindowSummary::start))
                .toList();
        for (var request : result.verdict().requests()) {
            for (var window : inOrder) {
                if (window.scenario().equals(request.scenario())
                        && window.request().equals(request.request())) {
                    errors(window.counts())
                            .forEach((error, count) -> rows.merge(
                                    new Key(request, error),
                                    new Seen(
                                            count,
                                            window.start(),
                                            window.start().plus(window.length())),
                                    (a, b) -> new Seen(a.count() + b.count(), a.first(), b.last())));
                }
            }
        }
        rows.forEach((key, seen) -> csv.row(List.of(
                type(key.request()),
                name(key.request()),
                key.error(),
                seen.count(),
                SECONDS.format(seen.first()),
                SECONDS.format(seen.last()))));
        return csv.toString();
    }

    /// What the generators could not do, which is what Locust means by an exception: trouble of its own, not the
    /// service's.
    String exceptions() {
        var csv = new Csv("Count,Message,Traceback,Nodes");
        Map<String, Long> counts = new TreeMap<>();
        result.windows().stream()
                .filter(window -> window.ledger().isPresent()) // once, where one phase follows another
                .flatMap(window -> window.saturated().stream())
                .forEach(reason -> counts.merge("saturated: " + reason, 1L, Long::sum));
        var ledger = result.verdict().ledger();
        if (ledger.dropped() > 0) {
            counts.put("requests that were due but never sent", ledger.dropped());
        }
        if (ledger.lost() > 0) {
            counts.put("events that could not be published", ledger.lost());
        }
        counts.forEach((message, count) -> csv.row(List.of(count, message, "", "")));
        return csv.toString();
    }

    private static Map<String, Long> errors(OutcomeCounts counts) {
        Map<String, Long> errors = new LinkedHashMap<>();
        errors.put("timeout", counts.timeout());
        errors.put("connect error", counts.connectError());
        errors.put("connection reset", counts.reset());
        errors.put("HTTP error (4xx, 5xx)", counts.httpError());
        errors.put("invalid answer", counts.invalid());
        errors.put("aborted by the generator", counts.aborted());
        errors.values().removeIf(count -> count == 0);
        return errors;
    }

    private String type(RequestSummary request) {
        return result.method(request.scenario(), request.request());
    }

    private String name(RequestSummary request) {
        var bare = bare(request);
        var names = new HashSet<String>();
        boolean shared = result.verdict().requests().stream().anyMatch(one -> !names.add(type(one) + bare(one)));
        return shared ? request.scenario() + "/" + bare : bare;
    }

    /// The method has a column of its own.
    private String bare(RequestSummary request) {
        var type = type(request) + " ";
        return request.request().startsWith(type) ? request.request().substring(type.length()) : request.request();
    }

    private double judgedSeconds() {
        return result.verdict().phases().stream()
                .filter(PhaseSummary::judged)
                .mapToDouble(phase ->
                        Duration.between(phase.startedAt(), phase.endedAt()).toNanos() / 1e9)
                .sum();
    }

    /// Users of the plan in a closed model; requests in flight in an open one.
    private long users(Moment moment) {
        if (result.plan().scenarios().stream()
                .anyMatch(scenario -> !scenario.load().isEmpty())) {
            return moment.inFlight(); // several loads side by side, and the windows do not tell them apart
        }
        var at = Duration.between(result.verdict().startedAt(), moment.end());
        for (int i = 0; i < result.plan().phases().size(); i++) {
            var phase = result.plan().phases().get(i);
            var end = phase.start().plus(phase.duration());
            if (at.compareTo(phase.start()) > 0 && at.compareTo(end) <= 0) {
                return users(result.plan().load().get(i), at.minus(phase.start()))
                        .orElse(moment.inFlight());
            }
        }
        return moment.inFlight();
    }

    /// Users of a closed phase after `since`; empty for an open one, and for iterations, which may be over.
    private static OptionalLong users(LoadPhase phase, Duration since) {
        double part = (double) since.toNanos() / phase.duration().toNanos();
        return switch (phase.model()) {
            case CONSTANT_USERS -> OptionalLong.of(Math.round(phase.from()));
            case RAMPING_USERS -> OptionalLong.of(Math.round(phase.from() + (phase.to() - phase.from()) * part));
            case STEPPED_USERS -> {
                long steps = since.toNanos() / phase.every().toNanos();
                double level = phase.from() + steps * phase.step();
                yield OptionalLong.of(
                        Math.round(phase.step() > 0 ? Math.min(level, phase.to()) : Math.max(level, phase.to())));
            }
            case ITERATIONS_PER_USER, SHARED_ITERATIONS, CONSTANT_RATE, RAMPING_RATE, STEPPED_RATE, ARRIVALS ->
                OptionalLong.empty();
        };
    }

    private static List<Object> totals(Histogram histogram) {
        boolean any = histogram.getTotalCount() > 0;
        return List.of(
                any ? Math.round(histogram.getValueAtPercentile(50) / 1e3) : 0L,
                any ? histogram.getMean() / 1e3 : 0.0,
                any ? histogram.getMinValue() / 1e3 : 0.0,
                any ? histogram.getMaxValue() / 1e3 : 0.0);
    }

    private static List<Object> percentiles(Histogram histogram) {
        var cells = new ArrayList<Object>();
        for (double rank : RANKS) {
            if (histogram.getTotalCount() == 0) {
                cells.add("N/A");
            } else {
                cells.add(Math.round(histogram.getValueAtPercentile(rank) / 1e3));
            }
        }
        return cells;
    }

    private static Object rate(double perSecond) {
        return new BigDecimal(String.format(Locale.ROOT, "%.6f", perSecond));
    }
}
