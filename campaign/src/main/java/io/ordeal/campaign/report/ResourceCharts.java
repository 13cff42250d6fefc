package io.ordeal.campaign.report;

import io.ordeal.campaign.report.Charts.Chart;
import io.ordeal.campaign.report.Charts.Series;
import io.ordeal.campaign.run.ResourceSeries;
import io.ordeal.campaign.screen.Readouts;
import io.ordeal.schemas.objective.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Charts of what hosts and processes used: one for each reading, processor and memory first, on the time axis of the
/// latency.
final class ResourceCharts {
    private static final int MOST_CHARTS = 8;
    private static final int MOST_LINES = 4;
    private static final int HEIGHT = 160;
    /// A sample stands until the next; injectors say one a second.
    private static final Duration STANDS = Duration.ofMillis(2_500);

    private static final List<String> FIRST = List.of(
            "cpu",
            "cpu_cores",
            "memory",
            "memory_bytes",
            "heap_after_gc",
            "heap_bytes",
            "threads",
            "connections",
            "open_files",
            "queue_depth",
            "database_connections",
            "event_loop_lag_seconds",
            "disk_bytes",
            "network_bytes");
    /// What never changes, or says nothing by itself.
    private static final List<String> LEFT_OUT = List.of("memory_total_bytes");

    private ResourceCharts() {}

    /// Returns the charts, at most eight of at most four lines.
    static List<Chart> of(List<ResourceSeries> resources, List<Moment> moments) {
        var byReading = new LinkedHashMap<String, List<ResourceSeries>>();
        resources.stream()
                .filter(series -> !LEFT_OUT.contains(series.reading())
                        && !series.reading().endsWith("_limit"))
                .sorted(Comparator.comparingInt((ResourceSeries series) -> rank(series.reading()))
                        .thenComparing(ResourceSeries::reading)
                        .thenComparing(series -> series.process().isEmpty()))
                .forEach(series -> byReading
                        .computeIfAbsent(series.reading(), _ -> new ArrayList<>())
                        .add(series));
        return byReading.entrySet().stream()
                .limit(MOST_CHARTS)
                .map(entry -> chart(entry, moments))
                .toList();
    }

    private static int rank(String reading) {
        int place = FIRST.indexOf(reading);
        return place < 0 ? FIRST.size() : place;
    }

    /// A unit of a chart, and by what values are divided for it.
    private record Scale(String unit, double by) {}

    private static Chart chart(Map.Entry<String, List<ResourceSeries>> entry, List<Moment> moments) {
        var reading = entry.getKey();
        var scale = scale(Readouts.unit(reading));
        var lines = new ArrayList<Series>();
        for (var series : entry.getValue().stream().limit(MOST_LINES).toList()) {
            lines.add(new Series(
                    series.source(),
                    "r" + lines.size(),
                    1.6,
                    lines.size() % 2 == 1,
                    values(series, moments, scale.by())));
        }
        int left = entry.getValue().size() - lines.size();
        return new Chart(
                "resource-" + reading.replace('_', '-'),
                "Resource use: " + reading + (left > 0 ? " (" + left + " more sources are not drawn)" : "") + ".",
                scale.unit(),
                false,
                HEIGHT,
                List.of(),
                lines);
    }

    private static Scale scale(Unit unit) {
        return switch (unit) {
            case RATIO -> new Scale(" %", 0.01);
            case BYTES -> new Scale(" MB", 1e6);
            case BYTES_PER_SECOND -> new Scale(" MB/s", 1e6);
            case SECONDS -> new Scale(" s", 1);
            default -> new Scale("", 1);
        };
    }

    /// Returns the last value at the end of each window, if it is not too old: three times as far back as points are
    /// apart, on average.
    private static List<Double> values(ResourceSeries series, List<Moment> moments, double by) {
        var values = new ArrayList<Double>();
        int next = 0;
        var points = series.points();
        var apart = Duration.between(points.getFirst().at(), points.getLast().at())
                .multipliedBy(3)
                .dividedBy(points.size());
        var oldest = apart.compareTo(STANDS) > 0 ? apart : STANDS;
        for (var moment : moments) {
            while (next < points.size() && !points.get(next).at().isAfter(moment.end())) {
                next++;
            }
            boolean stands = next > 0
                    && Duration.between(points.get(next - 1).at(), moment.end()).compareTo(oldest) <= 0;
            values.add(stands ? points.get(next - 1).value() / by : Double.NaN);
        }
        return values;
    }
}
