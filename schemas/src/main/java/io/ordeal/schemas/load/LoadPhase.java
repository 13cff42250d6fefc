package io.ordeal.schemas.load;

import java.time.Duration;

/// A part of the load with one model.
///
/// @param from Users, or iterations per second, of the whole run.
/// @param judged Whether objectives look at it; a warm-up is not judged.
/// @param maxInFlight Most iterations under way at once in an open model, for the whole run; arrivals beyond it are
/// dropped and counted.
public record LoadPhase(
        String name, LoadModel model, double from, double to, Duration duration, boolean judged, int maxInFlight) {}
