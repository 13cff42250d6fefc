package io.ordeal.schemas.objective;

/// In which way windows come to one verdict.
public enum Form {
    /// All windows in scope together.
    OVER_ALL,
    /// Each window in scope by itself.
    PER_WINDOW,
    /// As a budget of bad requests, with the rate at which it burns.
    BUDGET
}
