package io.ordeal.schemas.results;

/// PASS; FAIL; INCONCLUSIVE: it cannot be said, and the reason says why. Silence never passes.
public enum Verdict {
    PASS,
    FAIL,
    INCONCLUSIVE
}
