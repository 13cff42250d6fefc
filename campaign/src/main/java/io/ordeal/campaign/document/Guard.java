package io.ordeal.campaign.document;

import io.ordeal.schemas.objective.Objective;
import java.time.Duration;

/// What ends a run early: an objective over all requests that has not held in any window for a while.
///
/// @param expression as the document has it, for instance `errors < 50% for 10s`
/// @param objective without its time
/// @param patience how long it may not hold
public record Guard(String expression, Objective objective, Duration patience) {}
