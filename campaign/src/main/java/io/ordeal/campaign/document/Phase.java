package io.ordeal.campaign.document;

import java.time.Duration;
import java.util.Optional;

/// A part of the load with one model. Phases follow one another without a gap.
///
/// @param duration how long it lasts
/// @param judged whether objectives look at it
/// @param maxInFlight most iterations under way at once in an open model; arrivals beyond it are dropped and counted
/// @param poisson whether arrivals come at random
/// @param until when steps end
public record Phase(
        String name,
        Load load,
        Duration duration,
        boolean judged,
        int maxInFlight,
        boolean poisson,
        Optional<Until> until) {
    /// What `max-in-flight` is where the document is silent.
    public static final int DEFAULT_MAX_IN_FLIGHT = 10_000;

    /// A phase whose arrivals keep to their pace.
    public Phase(String name, Load load, Duration duration, boolean judged, int maxInFlight) {
        this(name, load, duration, judged, maxInFlight, false, Optional.empty());
    }
}
