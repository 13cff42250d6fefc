package io.ordeal.schemas.results;

import java.time.Instant;
import java.util.Optional;

/// One phase, judged or not.
public record PhaseSummary(
        String phase,
        boolean judged,
        Instant startedAt,
        Instant endedAt,
        long completed,
        long errors,
        Optional<Latency> response) {}
