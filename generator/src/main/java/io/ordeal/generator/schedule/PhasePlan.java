package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.LoadPhase;
import java.util.List;
import java.util.stream.IntStream;

/// What a phase of a plan is on a timeline.
///
/// @param index of the phase in its load
/// @param start nanoseconds from the start of the run
/// @param seed of arrivals at random
record PhasePlan(LoadPhase phase, int index, long start, Seed seed) {
    private static final Iterations ENDLESS = new Iterations.Endless();

    /// Returns its end, nanoseconds from the start of the run.
    long end() {
        return start + duration();
    }

    /// Returns its stretches: one, or one for each level of users that come in steps.
    List<Stretch> stretches() {
        return switch (phase.model()) {
            case CONSTANT_USERS -> List.of(users(ENDLESS));
            case ITERATIONS_PER_USER -> List.of(users(new Iterations.Each(phase.count())));
            case SHARED_ITERATIONS ->
                List.of(users(new Iterations.Between(phase.count(), (long) Math.ceil(phase.from()))));
            case RAMPING_USERS -> List.of(closed(Population.of(0, phase.from(), phase.to(), duration()), ENDLESS));
            case STEPPED_USERS -> levels();
            case CONSTANT_RATE -> List.of(open(Arrivals.of(phase.from(), phase.from(), duration())));
            case RAMPING_RATE -> List.of(open(Arrivals.of(phase.from(), phase.to(), duration())));
            case STEPPED_RATE ->
                List.of(open(new Stairs(
                        phase.from(), phase.to(), phase.step(), phase.every().toNanos())));
            case ARRIVALS ->
                List.of(
                        phase.atOnce()
                                ? stretch(new AtOnce(phase.count()))
                                : open(new Evenly(phase.count(), duration())));
        };
    }

    private long duration() {
        return phase.duration().toNanos();
    }

    private Stretch users(Iterations iterations) {
        return closed(
                phase.atOnce()
                        ? Population.atOnce(0, phase.from(), duration())
                        : Population.of(0, phase.from(), phase.from(), duration()),
                iterations);
    }

    private Stretch closed(Population population, Iterations iterations) {
        return new Stretch.Closed(index, start, end(), population, iterations);
    }

    private List<Stretch> levels() {
        long every = phase.every().toNanos();
        int last = (int)
                Math.min(Stairs.last(phase.from(), phase.to(), phase.step()), Math.ceilDiv(duration(), every) - 1);
        return IntStream.rangeClosed(0, last)
                .mapToObj(number -> {
                    long from = number * every;
                    long to = number == last ? duration() : from + every;
                    double users = Stairs.level(phase.from(), phase.to(), phase.step(), number);
                    return (Stretch) new Stretch.Closed(
                            index, start + from, start + to, Population.of(0, users, users, to - from), ENDLESS);
                })
                .toList();
    }

    private Stretch open(Arrivals.Paced arrivals) {
        return stretch(phase.poisson() ? Poisson.of(arrivals, duration(), seed) : arrivals);
    }

    private Stretch stretch(Arrivals arrivals) {
        return new Stretch.Open(index, start, end(), arrivals, 0, phase.maxInFlight());
    }
}
