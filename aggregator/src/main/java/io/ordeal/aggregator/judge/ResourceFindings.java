package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.Trend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What samples of resource use, and points over time, say of a run.
///
/// @param answers for each objective of the plan that is judged by them, by its place there
/// @param times of each fault, by its id
/// @param refused readings of more series than are kept
public record ResourceFindings(
        Map<Integer, Answer> answers,
        Map<String, Times> times,
        List<Trend> trends,
        Saturations saturations,
        long refused) {
    /// There is nothing to say.
    public static final ResourceFindings NONE =
            new ResourceFindings(Map.of(), Map.of(), List.of(), Saturations.NONE, 0);

    public ResourceFindings {
        answers = Map.copyOf(answers);
        times = Map.copyOf(times);
        trends = List.copyOf(trends);
    }

    /// How long a fault took to trip a circuit breaker, and queues to drain after it.
    public record Times(Optional<Duration> toTrip, Optional<Duration> toDrain) {
        /// Neither is known.
        public static final Times NONE = new Times(Optional.empty(), Optional.empty());
    }

    /// Returns the times of a fault.
    public Times times(String fault) {
        return times.getOrDefault(fault, Times.NONE);
    }
}
