package io.ordeal.schemas.results;

/// How much of the budget of an objective went while a fault acted and until it was recovered from.
///
/// @param spent The part of the budget of the whole run.
public record BudgetShare(String objective, double spent) {}
