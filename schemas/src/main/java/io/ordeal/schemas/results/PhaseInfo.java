package io.ordeal.schemas.results;

import java.time.Duration;

/// A phase of the plan.
///
/// @param start after the start of the load.
public record PhaseInfo(String name, boolean judged, Duration start, Duration duration) {}
