package io.ordeal.schemas.results;

import java.time.Instant;

/// A resource that was at its limit.
///
/// @param source `host/process`, with nothing after the slash for the whole host.
/// @param limit 1 for what is a part of the whole.
/// @param at When the first sample was taken in which it was.
public record Saturation(String source, String reading, double value, double limit, Instant at) {}
