package io.ordeal.campaign.document;

import io.ordeal.schemas.objective.Objective;

/// The condition at which a phase stops taking steps.
///
/// @param expression as the document has it, for instance `p95 > 500ms`
/// @param condition what has to hold, in one window, of all requests together
public record Until(String expression, Objective condition) {}
