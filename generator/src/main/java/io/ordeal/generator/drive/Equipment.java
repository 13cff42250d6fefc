package io.ordeal.generator.drive;

import java.time.Duration;

/// What the segments of one generator share.
///
/// @param instance the generator's name in ticks
/// @param loops what connections are opened on
/// @param latestStart the start delay from which on the generator counts as saturated
public record Equipment(String instance, Clock clock, Watch watch, EventLoops loops, Duration latestStart) {}
