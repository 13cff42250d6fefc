package io.ordeal.generator.drive;

import io.ordeal.generator.user.Secrets;
import java.time.Duration;

/// What the segments of one generator share.
///
/// @param instance the generator's name in ticks
/// @param loops what connections are opened on
/// @param latestStart the start delay from which on the generator counts as saturated
/// @param secrets what plans may have of the environment
public record Equipment(
        String instance, Clock clock, Watch watch, EventLoops loops, Duration latestStart, Secrets secrets) {
    /// Equipment that offers nothing of its environment.
    public Equipment(String instance, Clock clock, Watch watch, EventLoops loops, Duration latestStart) {
        this(instance, clock, watch, loops, latestStart, Secrets.none());
    }
}
