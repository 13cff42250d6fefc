package io.ordeal.campaign.report;

import io.ordeal.campaign.screen.Outcomes;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// All requests in one window of time, whatever their phase.
///
/// @param scheduled requests that were due
/// @param sent requests that went out
/// @param inFlight sent and not yet ended, at the end of the window
record Moment(
        Instant start,
        Duration length,
        OutcomeCounts counts,
        long scheduled,
        long sent,
        long inFlight,
        long bytesIn,
        Optional<Latency> response,
        Histogram histogram) {

    Instant end() {
        return start.plus(length);
    }

    double perSecond(long count) {
        return count / (length.toNanos() / 1e9);
    }

    /// Returns the moments of a run, in order.
    static List<Moment> of(List<WindowSummary> windows) {
        var byStart = new TreeMap<Instant, List<WindowSummary>>();
        windows.stream()
                .filter(window -> window.request().equals("*"))
                .forEach(window -> byStart.computeIfAbsent(window.start(), _ -> new ArrayList<>())
                        .add(window));
        var moments = new ArrayList<Moment>();
        long inFlight = 0;
        for (var together : byStart.values()) {
            var moment = merged(together, inFlight);
            inFlight = moment.inFlight();
            moments.add(moment);
        }
        return moments;
    }

    private static Moment merged(List<WindowSummary> windows, long inFlightBefore) {
        var counts = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0);
        var histogram = Histograms.empty();
        long scheduled = 0;
        long sent = 0;
        long bytesIn = 0;
        for (var window : windows) {
            counts = Outcomes.plus(counts, window.counts());
            histogram.add(Histograms.decoded(window.responseHistogram()));
            scheduled += window.ledger().map(ledger -> ledger.scheduled()).orElse(0L);
            sent += window.ledger().map(ledger -> ledger.sent()).orElse(0L);
            bytesIn += window.bytesIn();
        }
        var first = windows.getFirst();
        return new Moment(
                first.start(),
                first.length(),
                counts,
                scheduled,
                sent,
                Math.max(0, inFlightBefore + sent - Outcomes.total(counts)),
                bytesIn,
                windows.size() == 1 ? first.response() : Histograms.latency(histogram),
                histogram);
    }
}
