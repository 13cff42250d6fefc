package io.ordeal.schemas.results;

import java.time.Duration;

/// One step of a phase whose load goes up or down in steps.
///
/// @param start after the start of the phase.
/// @param level Users, or iterations per second.
/// @param unit `users` or `1/s`.
public record LoadStep(Duration start, Duration duration, double level, String unit) {}
