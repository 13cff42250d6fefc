package io.ordeal.generator.control;

import io.ordeal.generator.schedule.Evenly;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What is wrong with one phase of a load: a plan may come from anybody.
final class PhaseProblems {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_LEVELS = 10_000;
    private static final double MOST = 1e7;
    private static final Set<LoadModel> STEPPED = EnumSet.of(LoadModel.STEPPED_USERS, LoadModel.STEPPED_RATE);
    private static final Set<LoadModel> COUNTED =
            EnumSet.of(LoadModel.ITERATIONS_PER_USER, LoadModel.SHARED_ITERATIONS, LoadModel.ARRIVALS);
    private static final Set<LoadModel> AT_ONCE = EnumSet.of(
            LoadModel.CONSTANT_USERS, LoadModel.ITERATIONS_PER_USER, LoadModel.SHARED_ITERATIONS, LoadModel.ARRIVALS);
    private static final Set<LoadModel> AT_RANDOM =
            EnumSet.of(LoadModel.CONSTANT_RATE, LoadModel.RAMPING_RATE, LoadModel.STEPPED_RATE, LoadModel.ARRIVALS);

    private final LoadPhase phase;
    private final Requirements requirements;

    private PhaseProblems(LoadPhase phase, Requirements requirements) {
        this.phase = phase;
        this.requirements = requirements;
    }

    /// Returns why `phase` cannot be driven; nothing when it can.
    ///
    /// @param at what stands before each
    static List<String> of(LoadPhase phase, String at) {
        var problems = new PhaseProblems(phase, new Requirements(at + "phase `" + phase.name() + "`: "));
        problems.find();
        return problems.requirements.unmet();
    }

    private void find() {
        requirements.that(
                phase.duration().isPositive() && phase.duration().compareTo(LONGEST) <= 0,
                "its duration is not above 0 and at most 30 days");
        requirements.that(amount(phase.from()) && amount(phase.to()), "its load is not a number from 0 on");
        requirements.that(phase.maxInFlight() > 0, "maxInFlight is not above 0");
        if (STEPPED.contains(phase.model())) {
            steps();
        }
        if (COUNTED.contains(phase.model())) {
            requirements.that(
                    phase.count() >= 1 && phase.count() <= Evenly.MOST,
                    "its count is not between 1 and " + Evenly.MOST);
            requirements.that(phase.model() == LoadModel.ARRIVALS || phase.from() >= 1, "its iterations have no users");
        }
        requirements.that(
                !phase.atOnce() || AT_ONCE.contains(phase.model()), "`atOnce` does not go with " + phase.model());
        requirements.that(
                !phase.poisson() || (AT_RANDOM.contains(phase.model()) && !phase.atOnce()),
                "`poisson` does not go with "
                        + (phase.atOnce() ? "`atOnce`" : phase.model().name()));
    }

    private void steps() {
        double way = phase.to() - phase.from();
        requirements.that(way * phase.step() > 0, "its step does not lead from `from` to `to`");
        requirements.that(way / phase.step() <= MOST_LEVELS, "it has more than " + MOST_LEVELS + " steps");
        requirements.that(
                phase.every().isPositive() && phase.every().compareTo(LONGEST) <= 0,
                "its steps do not last above 0 and at most 30 days");
    }

    /// Returns how many arrivals at random `phase` has at most, about.
    static double atRandom(LoadPhase phase) {
        if (!phase.poisson()) {
            return 0;
        }
        return phase.model() == LoadModel.ARRIVALS
                ? phase.count()
                : Math.max(phase.from(), phase.to()) * phase.duration().toSeconds();
    }

    private static boolean amount(double number) {
        return number >= 0 && number <= MOST;
    }
}
