package io.ordeal.campaign.compare;

import io.ordeal.aggregator.statistics.ChangePoints;
import io.ordeal.campaign.compare.RecordedRun.RecordedRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Many runs of one campaign in the order of their time, and where they changed for good.
///
/// @param runs in order of time
public record History(String campaign, List<RecordedRun> runs, List<Shift> shifts) {
    /// Fewer runs have no history.
    public static final int FEWEST = 6;

    private static final double SIGNIFICANCE = 0.01;
    private static final Map<String, ToDoubleFunction<RecordedRequest>> MEASURES = measures();

    public History {
        runs = List.copyOf(runs);
        shifts = List.copyOf(shifts);
    }

    /// The level of one measure of one request changed.
    ///
    /// @param since the first run of the new level
    /// @param before the mean of the old level: microseconds, a ratio or a rate
    public record Shift(
            String request, String measure, RecordedRun since, double before, double after, double significance) {}

    /// Returns the histories of the campaigns in `runs`.
    ///
    /// @param margin the least relative change of a level that counts
    public static List<History> of(List<RecordedRun> runs, double margin) {
        var byCampaign = new TreeMap<String, List<RecordedRun>>();
        runs.forEach(run -> byCampaign
                .computeIfAbsent(run.campaign(), _ -> new ArrayList<>())
                .add(run));
        return byCampaign.entrySet().stream()
                .map(entry -> history(entry.getKey(), entry.getValue(), margin))
                .toList();
    }

    private static History history(String campaign, List<RecordedRun> runs, double margin) {
        var ordered = runs.stream()
                .sorted(Comparator.comparing(RecordedRun::startedAt))
                .toList();
        var shifts = new ArrayList<Shift>();
        ordered.stream()
                .flatMap(run -> run.requests().stream())
                .map(RecordedRequest::name)
                .distinct()
                .forEach(name -> MEASURES.forEach(
                        (measure, value) -> shifts.addAll(shifts(ordered, name, measure, value, margin))));
        return new History(campaign, ordered, shifts);
    }

    private static List<Shift> shifts(
            List<RecordedRun> runs,
            String request,
            String measure,
            ToDoubleFunction<RecordedRequest> value,
            double margin) {
        var with = runs.stream().filter(run -> run.request(request).isPresent()).toList();
        var values = with.stream()
                .mapToDouble(run -> value.applyAsDouble(run.request(request).orElseThrow()))
                .toArray();
        return ChangePoints.of(values, SIGNIFICANCE, margin).stream()
                .map(change -> new Shift(
                        request,
                        measure,
                        with.get(change.index()),
                        change.before(),
                        change.after(),
                        change.significance()))
                .toList();
    }

    private static Map<String, ToDoubleFunction<RecordedRequest>> measures() {
        var measures = new LinkedHashMap<String, ToDoubleFunction<RecordedRequest>>();
        measures.put("p50", request -> request.all().percentile(50));
        measures.put("p95", request -> request.all().percentile(95));
        measures.put("p99", request -> request.all().percentile(99));
        measures.put("errors", request -> request.count() == 0 ? 0 : (double) request.errors() / request.count());
        measures.put("throughput", RecordedRequest::throughput);
        return measures;
    }
}
