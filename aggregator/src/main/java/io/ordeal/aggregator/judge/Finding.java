package io.ordeal.aggregator.judge;

import io.ordeal.schemas.results.Verdict;
import java.util.Optional;

/// What a measure says of evidence, and the verdict on it.
///
/// @param observed in the unit of the measure; empty where there was nothing to observe
/// @param samples requests that were looked at
/// @param reason why it is not PASS, or an empty string
public record Finding(Optional<Double> observed, long samples, Verdict verdict, String reason) {
    /// A finding that says nothing of what was to be observed.
    public static Finding inconclusive(long samples, String reason) {
        return new Finding(Optional.empty(), samples, Verdict.INCONCLUSIVE, reason);
    }

    /// What becomes of it where the objective only warns.
    Finding advised() {
        return verdict == Verdict.FAIL ? new Finding(observed, samples, Verdict.WARN, reason) : this;
    }

    /// Returns it as INCONCLUSIVE for another reason.
    public Finding butInconclusive(String why) {
        return new Finding(observed, samples, Verdict.INCONCLUSIVE, why);
    }
}
