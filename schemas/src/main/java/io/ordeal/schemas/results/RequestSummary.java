package io.ordeal.schemas.results;

import java.nio.ByteBuffer;
import java.util.Optional;

/// One request over all judged phases.
///
/// @param throughput Requests per second of judged time.
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
        long bytesIn) {}
