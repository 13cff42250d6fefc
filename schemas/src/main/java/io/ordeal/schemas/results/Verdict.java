package io.ordeal.schemas.results;

/// PASS; FAIL; INCONCLUSIVE: it cannot be said, and the reason says why; WARN: an objective that only warns does not
/// hold, or a budget burned too fast; it keeps no run from passing. Silence never passes.
public enum Verdict {
    PASS,
    FAIL,
    INCONCLUSIVE,
    WARN
}
