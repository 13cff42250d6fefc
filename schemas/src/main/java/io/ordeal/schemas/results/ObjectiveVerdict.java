package io.ordeal.schemas.results;

import java.util.List;
import java.util.Optional;

/// How one objective stood over the run.
///
/// @param scope In words: the phases, requests and fault intervals that counted.
/// @param unit The unit of observed and limit, `s` for one.
/// @param low Lower end of the 95 % confidence interval of `observed`, where there is one.
/// @param high Upper end.
/// @param budget For an objective that is a budget.
/// @param worst Up to five windows in which it did not hold, the worst first.
public record ObjectiveVerdict(
        String name,
        String expression,
        String scope,
        Optional<Double> observed,
        double limit,
        String unit,
        long samples,
        long windows,
        long windowsFailed,
        Verdict verdict,
        String reason,
        Optional<Double> low,
        Optional<Double> high,
        Optional<BudgetVerdict> budget,
        List<WorstWindow> worst) {
    public ObjectiveVerdict {
        worst = List.copyOf(worst);
    }
}
