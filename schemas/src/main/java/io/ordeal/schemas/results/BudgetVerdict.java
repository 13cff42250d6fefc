package io.ordeal.schemas.results;

import java.util.List;

/// What is left of a budget of bad requests.
///
/// @param allowed The part of the requests that may be bad.
/// @param total Requests that count.
/// @param bad Of those.
/// @param spent The part of the budget that is spent: bad / (allowed * total); above 1 it is exhausted.
/// @param alerts Which pairs of windows saw it burn too fast, the fastest first.
public record BudgetVerdict(double allowed, long total, long bad, double spent, List<BurnAlert> alerts) {
    public BudgetVerdict {
        alerts = List.copyOf(alerts);
    }
}
