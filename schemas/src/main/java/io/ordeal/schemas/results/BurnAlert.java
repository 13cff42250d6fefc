package io.ordeal.schemas.results;

import java.time.Duration;
import java.time.Instant;

/// When a budget burned too fast: in the long window and in the short one at its end.
///
/// @param threshold The burn rate that both reached: 1 spends the budget exactly over the run.
/// @param first The end of the first pair of windows in which they did.
/// @param times Ends of windows at which they did.
/// @param greatest The greatest burn rate over a long window.
public record BurnAlert(
        double threshold, Duration longWindow, Duration shortWindow, Instant first, long times, double greatest) {}
