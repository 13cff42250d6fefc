package io.ordeal.schemas.results;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What ended within one window. Request `*` of scenario `*` sums all requests of a phase and carries the ledger.
///
/// @param earliestSent Of everything that ended in the window, when the earliest was sent; the start of the window
/// when
/// nothing ended.
/// @param response From the scheduled instant; absent when nothing ended.
/// @param service From sending; absent when nothing ended.
/// @param responseHistogram HdrHistogram V2 encoding, microseconds, 3 significant digits; empty when nothing ended.
/// @param late Events that came after their window had closed, so far in the run.
/// @param faults Ids of the confirmed faults that overlap the time from `earliestSent` to the end of the window.
/// @param saturated Why the generators could not keep their schedule in this window; empty when they could.
/// @param measures What the requests measured themselves, by name.
public record WindowSummary(
        String run,
        Instant start,
        Duration length,
        String phase,
        String scenario,
        String request,
        ClosedBy closedBy,
        Instant earliestSent,
        OutcomeCounts counts,
        Optional<Ledger> ledger,
        Optional<Latency> response,
        Optional<Latency> service,
        ByteBuffer responseHistogram,
        ByteBuffer serviceHistogram,
        long bytesOut,
        long bytesIn,
        long late,
        List<String> faults,
        List<String> saturated,
        List<MeasureSummary> measures) {
    public WindowSummary {
        faults = List.copyOf(faults);
        saturated = List.copyOf(saturated);
        measures = List.copyOf(measures);
    }
}
