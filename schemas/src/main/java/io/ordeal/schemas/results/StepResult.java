package io.ordeal.schemas.results;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the service did at one step of a load that goes in steps.
///
/// @param level Users, or iterations per second.
/// @param throughput Requests that ended OK, per second.
/// @param failed The objectives that did not hold.
public record StepResult(
        double level,
        Instant start,
        Instant end,
        long completed,
        long errors,
        double throughput,
        Optional<Latency> response,
        List<String> failed) {
    public StepResult {
        failed = List.copyOf(failed);
    }
}
