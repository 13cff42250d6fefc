package io.ordeal.schemas.results;

import java.time.Instant;

/// A resource that was at its limit.
///
/// @param source `host/process`, with nothing after the slash for the whole host.
/// @param at When it was first seen to be.
public record Saturation(String source, String reading, double value, double limit, Instant at) {}
