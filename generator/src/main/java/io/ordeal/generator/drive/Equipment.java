package io.ordeal.generator.drive;

import io.ordeal.generator.run.Tolerance;
import io.vertx.core.http.HttpClientAgent;

/// What the segments of one generator share.
///
/// @param instance the generator's name in ticks
/// @param client opens connections; must stay referenced, or the garbage collector closes them all
/// @param tolerance beyond which the generator counts as saturated
public record Equipment(String instance, Clock clock, Watch watch, HttpClientAgent client, Tolerance tolerance) {}
