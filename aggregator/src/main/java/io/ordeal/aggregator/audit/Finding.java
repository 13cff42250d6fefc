package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import java.util.Optional;

/// What an objective finds, before it is said who may fail.
///
/// @param observed in the unit of the measure; empty where there was nothing to observe
/// @param samples what was looked at
record Finding(Optional<Double> observed, long samples, Verdict verdict) {
    /// Nothing was there to look at.
    static final Finding NOTHING = new Finding(Optional.empty(), 0, Verdict.INCONCLUSIVE);

    Finding inconclusive() {
        return new Finding(observed, samples, Verdict.INCONCLUSIVE);
    }

    boolean failed() {
        return verdict == Verdict.FAIL;
    }

    /// Returns the verdict as it is told: an advisory objective only warns.
    static Verdict told(Objective objective, Verdict verdict) {
        return objective.advisory() && verdict == Verdict.FAIL ? Verdict.WARN : verdict;
    }

    /// Returns how bad a verdict is, to find the one that decides.
    static int severity(Verdict verdict) {
        return switch (verdict) {
            case PASS -> 0;
            case WARN -> 1;
            case INCONCLUSIVE -> 2;
            case FAIL -> 3;
        };
    }
}
