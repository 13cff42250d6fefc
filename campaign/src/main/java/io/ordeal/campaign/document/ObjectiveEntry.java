package io.ordeal.campaign.document;

import io.ordeal.schemas.objective.Objective;

/// One thing that must hold.
///
/// @param name unique within the campaign: as given, or the expression
public record ObjectiveEntry(String name, Objective objective) {}
