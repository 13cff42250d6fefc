package io.ordeal.schemas.results;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one fault did to the service.
///
/// @param confirmed Applied and reverted, both confirmed by evidence.
/// @param timeToBreach From applied to the first window in which an objective did not hold; absent: all held.
/// @param timeToRecover From reverted until the objectives held again and stayed; absent: they had not when the run
/// ended.
/// @param p95Before 95th percentile of the response in the windows before, at the worst during, and after;
/// microseconds.
/// @param errorsWorst Greatest error ratio in one window from applied until recovered.
/// @param breached The objectives that did not hold in the first window in which one did not; empty: all held.
/// @param bad Requests that did not end OK, from applied until recovered.
/// @param timeToTrip From applied until a circuit breaker was seen open; absent: none was.
/// @param queueDrain From reverted until the queues were back where they were before; absent: they were not, or none
/// was seen.
/// @param budgets How much of each budget went, from applied until recovered.
public record FaultVerdict(
        String fault,
        String kind,
        String target,
        Optional<Instant> appliedAt,
        Optional<Instant> revertedAt,
        boolean confirmed,
        Optional<Duration> timeToBreach,
        Optional<Duration> timeToRecover,
        Optional<Long> p95Before,
        Optional<Long> p95Worst,
        Optional<Long> p95After,
        double errorsWorst,
        Verdict verdict,
        String reason,
        List<String> breached,
        long bad,
        Optional<Duration> timeToTrip,
        Optional<Duration> queueDrain,
        List<BudgetShare> budgets)
        implements Judgement {
    public FaultVerdict {
        breached = List.copyOf(breached);
        budgets = List.copyOf(budgets);
    }
}
