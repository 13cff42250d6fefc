package io.ordeal.generator.drive;

import io.ordeal.generator.run.Tolerance;
import io.ordeal.generator.user.Secrets;

/// What the segments of one generator share.
///
/// @param instance the generator's name in ticks
/// @param loops what connections are opened on
/// @param tolerance beyond which the generator counts as saturated
/// @param secrets what plans may have of the environment
public record Equipment(
        String instance, Clock clock, Watch watch, EventLoops loops, Tolerance tolerance, Secrets secrets) {
    /// Equipment that offers nothing of its environment.
    public Equipment(String instance, Clock clock, Watch watch, EventLoops loops, Tolerance tolerance) {
        this(instance, clock, watch, loops, tolerance, Secrets.none());
    }
}
