package io.ordeal.schemas.results;

/// TICKS: every segment's tick had passed the end. WAIT: a bounded wait was over first, so some events may be
/// missing.
public enum ClosedBy {
    TICKS,
    WAIT
}
