package io.ordeal.schemas.results;

import java.time.Instant;

/// A resource that was at its limit.
///
/// @param source `host/process`, with nothing after the slash for the whole host.
/// @param at The end of the first window in which it was.
public record Saturation(String source, String reading, double value, double limit, Instant at) {}
