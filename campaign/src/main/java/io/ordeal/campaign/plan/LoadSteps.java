package io.ordeal.campaign.plan;

import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.results.LoadStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The levels of a load that goes in steps. Pure.
public final class LoadSteps {
    private static final double ROUNDING = 1e-9;

    private LoadSteps() {}

    /// Returns the levels of a phase with their times, the last as long as the phase; none for a phase that takes no
    /// steps.
    public static List<LoadStep> of(LoadPhase phase) {
        if (phase.model() != LoadModel.STEPPED_USERS && phase.model() != LoadModel.STEPPED_RATE) {
            return List.of();
        }
        var unit = phase.model() == LoadModel.STEPPED_USERS ? "users" : "1/s";
        var steps = new ArrayList<LoadStep>();
        long last = last(phase);
        var start = Duration.ZERO;
        for (long step = 0; step <= last && start.compareTo(phase.duration()) < 0; step++) {
            var left = phase.duration().minus(start);
            var length = step == last || phase.every().compareTo(left) > 0 ? left : phase.every();
            steps.add(new LoadStep(start, length, level(phase, step), unit));
            start = start.plus(length);
        }
        return steps;
    }

    /// Returns the number of the step at which the last level is reached, from 0.
    public static long last(LoadPhase phase) {
        return (long) Math.ceil((phase.to() - phase.from()) / phase.step() - ROUNDING);
    }

    /// Returns the level of a step, from 0: users, or iterations per second.
    public static double level(LoadPhase phase, long step) {
        return step >= last(phase) ? phase.to() : phase.from() + step * phase.step();
    }
}
