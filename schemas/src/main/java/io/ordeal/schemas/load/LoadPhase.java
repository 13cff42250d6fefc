package io.ordeal.schemas.load;

import java.time.Duration;

/// A part of the load with one model.
///
/// @param from Users, or iterations per second, of the whole run.
/// @param judged Whether objectives look at it; a warm-up is not judged.
/// @param maxInFlight Most iterations under way at once in an open model, for the whole run; arrivals beyond it are
/// dropped and counted.
/// @param step What each step of a STEPPED model adds; below 0 it takes away.
/// @param every How long each step of a STEPPED model lasts.
/// @param count Iterations of each user, or of the whole run; see [LoadModel].
/// @param atOnce Whether all users of the phase, or all of ARRIVALS, begin in the same instant.
/// @param poisson Whether arrivals come at random, as a Poisson process of the model's rate.
public record LoadPhase(
        String name,
        LoadModel model,
        double from,
        double to,
        Duration duration,
        boolean judged,
        int maxInFlight,
        double step,
        Duration every,
        long count,
        boolean atOnce,
        boolean poisson) {
    /// A phase with a constant or ramping model.
    public LoadPhase(
            String name, LoadModel model, double from, double to, Duration duration, boolean judged, int maxInFlight) {
        this(name, model, from, to, duration, judged, maxInFlight, 0, Duration.ZERO, 0, false, false);
    }
}
