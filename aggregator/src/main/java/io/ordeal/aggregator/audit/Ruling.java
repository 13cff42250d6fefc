package io.ordeal.aggregator.audit;

import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.WorstWindow;
import java.util.List;
import java.util.Optional;

/// How an objective stands over a run, before it is said who may fail.
///
/// @param ends of the 95 % interval of what was observed
/// @param windows that were judged
/// @param failed of those
/// @param worst the worst of the failed ones
record Ruling(
        Finding finding,
        Optional<Ends> ends,
        Optional<BudgetVerdict> budget,
        long windows,
        long failed,
        List<WorstWindow> worst) {
    /// The ends of an interval.
    record Ends(double low, double high) {}

    static Ruling of(Finding finding) {
        return new Ruling(finding, Optional.empty(), Optional.empty(), 0, 0, List.of());
    }

    Ruling with(Ends newEnds) {
        return new Ruling(finding, Optional.of(newEnds), budget, windows, failed, worst);
    }

    Ruling with(Verdict verdict) {
        var changed = new Finding(finding.observed(), finding.samples(), verdict);
        return new Ruling(changed, ends, budget, windows, failed, worst);
    }

    Ruling with(BudgetVerdict newBudget) {
        return new Ruling(finding, ends, Optional.of(newBudget), windows, failed, worst);
    }

    Ruling with(WindowFindings of) {
        return new Ruling(finding, ends, budget, of.windows(), of.failed(), of.worst());
    }
}
