package io.ordeal.schemas.results;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// One request over all judged phases.
///
/// @param throughput Requests per second of judged time.
/// @param measures What the requests measured themselves, by name.
public record RequestSummary(
        String scenario,
        String request,
        OutcomeCounts counts,
        double throughput,
        Optional<Latency> response,
        Optional<Latency> service,
        ByteBuffer responseHistogram,
        ByteBuffer serviceHistogram,
        long bytesOut,
        long bytesIn,
        List<MeasureSummary> measures) {
    public RequestSummary {
        measures = List.copyOf(measures);
    }
}
