package io.ordeal.campaign.report;

import io.ordeal.schemas.results.WindowSummary;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.HistogramLogWriter;

/// Writes `histograms.hlog`, an HdrHistogram log: one interval histogram of response times in microseconds for each
/// window and request in which anything ended, tagged `phase/scenario/request`. Maxima are shown in milliseconds.
final class HistogramLog {
    private static final double MICROS_PER_MILLI = 1_000;

    private HistogramLog() {}

    static void write(List<WindowSummary> windows, Instant start, OutputStream to) {
        var out = new PrintStream(to, false, StandardCharsets.UTF_8);
        var log = new HistogramLogWriter(out);
        log.outputComment("Ordeal: response times in microseconds; tag: phase/scenario/request, * sums all requests");
        log.outputLogFormatVersion();
        log.outputStartTime(start.toEpochMilli());
        log.outputLegend();
        windows.stream()
                .filter(window -> window.responseHistogram().hasRemaining())
                .sorted(Comparator.comparing(WindowSummary::start).thenComparing(HistogramLog::tag))
                .forEach(window -> {
                    var histogram = Histograms.decoded(window.responseHistogram());
                    histogram.setTag(tag(window));
                    double from = seconds(start, window.start());
                    double until = seconds(start, window.start().plus(window.length()));
                    log.outputIntervalHistogram(from, until, histogram, MICROS_PER_MILLI);
                });
        out.flush();
    }

    private static double seconds(Instant start, Instant at) {
        return Duration.between(start, at).toMillis() / 1e3;
    }

    private static String tag(WindowSummary window) {
        return HistogramTag.of(window.phase(), window.scenario(), window.request());
    }
}
