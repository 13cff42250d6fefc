package io.ordeal.campaign.document;

import java.time.Duration;

/// A part of the load with one model. Phases follow one another without a gap.
///
/// @param duration how long it lasts
/// @param judged whether objectives look at it
/// @param maxInFlight most iterations under way at once in an open model; arrivals beyond it are dropped and counted
public record Phase(String name, Load load, Duration duration, boolean judged, int maxInFlight) {
    /// What `max-in-flight` is where the document is silent.
    public static final int DEFAULT_MAX_IN_FLIGHT = 10_000;
}
