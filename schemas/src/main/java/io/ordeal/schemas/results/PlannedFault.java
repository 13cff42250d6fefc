package io.ordeal.schemas.results;

import java.time.Duration;

/// A fault of the plan.
///
/// @param at after the start of the load.
public record PlannedFault(String id, String kind, String target, Duration at, Duration duration) {}
