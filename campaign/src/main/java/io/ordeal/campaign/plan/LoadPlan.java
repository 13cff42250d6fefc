package io.ordeal.campaign.plan;

import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.Phase;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;

/// Turns phases into what generators are told of them. Pure.
///
/// On a time scale a phase keeps how strong it is: arrivals and iterations become fewer with its length, and steps
/// shorter. What comes at once stays.
final class LoadPlan {
    private LoadPlan() {}

    /// Returns `phase` with its length on the time scale.
    static LoadPhase of(Phase phase, Duration length) {
        double part = (double) length.toNanos() / phase.duration().toNanos();
        return switch (phase.load()) {
            case Load.None _ -> plain(phase, length, LoadModel.CONSTANT_RATE, 0, 0);
            case Load.Users(int count, boolean atOnce) ->
                counted(phase, length, LoadModel.CONSTANT_USERS, count, 0, atOnce);
            case Load.RampingUsers(int from, int to) -> plain(phase, length, LoadModel.RAMPING_USERS, from, to);
            case Load.SteppedUsers(int from, int to, int step, Duration every) ->
                stepped(phase, length, LoadModel.STEPPED_USERS, from, to, step, scaled(every, part));
            case Load.Iterations(int users, long count, boolean each, boolean atOnce) ->
                counted(
                        phase,
                        length,
                        each ? LoadModel.ITERATIONS_PER_USER : LoadModel.SHARED_ITERATIONS,
                        users,
                        fewer(count, part),
                        atOnce);
            case Load.Rate(double perSecond) -> plain(phase, length, LoadModel.CONSTANT_RATE, perSecond, perSecond);
            case Load.RampingRate(double from, double to) -> plain(phase, length, LoadModel.RAMPING_RATE, from, to);
            case Load.SteppedRate(double from, double to, double step, Duration every) ->
                stepped(phase, length, LoadModel.STEPPED_RATE, from, to, step, scaled(every, part));
            case Load.Arrivals(long count, boolean atOnce) ->
                counted(phase, length, LoadModel.ARRIVALS, 0, atOnce ? count : fewer(count, part), atOnce);
        };
    }

    private static LoadPhase plain(Phase phase, Duration length, LoadModel model, double from, double to) {
        return phase(phase, length, model, from, to, 0, Duration.ZERO, 0, false);
    }

    private static LoadPhase counted(
            Phase phase, Duration length, LoadModel model, double users, long count, boolean atOnce) {
        return phase(phase, length, model, users, users, 0, Duration.ZERO, count, atOnce);
    }

    private static LoadPhase stepped(
            Phase phase, Duration length, LoadModel model, double from, double to, double step, Duration every) {
        return phase(phase, length, model, from, to, step, every, 0, false);
    }

    private static LoadPhase phase(
            Phase phase,
            Duration length,
            LoadModel model,
            double from,
            double to,
            double step,
            Duration every,
            long count,
            boolean atOnce) {
        return new LoadPhase(
                phase.name(),
                model,
                from,
                to,
                length,
                phase.judged(),
                phase.maxInFlight(),
                step,
                every,
                count,
                atOnce,
                phase.poisson());
    }

    private static long fewer(long count, double part) {
        return Math.max(1, Math.round(count * part));
    }

    private static Duration scaled(Duration every, double part) {
        return Duration.ofNanos(
                Math.max(1000, Math.round(every.toNanos() * part / 1000) * 1000)); // the wire has micros
    }
}
