package io.ordeal.schemas.results;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How one objective stood in one window.
///
/// @param observed In the unit of the limit: seconds, ratio or per second; absent when there was nothing to observe.
/// @param samples Requests that were looked at.
public record WindowVerdict(
        String objective,
        Instant start,
        Duration length,
        Optional<Double> observed,
        double limit,
        long samples,
        Verdict verdict,
        String reason)
        implements Judgement {}
