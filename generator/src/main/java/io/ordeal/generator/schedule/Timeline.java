package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.LoadPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schedule of a whole run: stretches that follow one another without a gap. Every segment computes the same
/// one and takes its [Share] of it.
///
/// @param stretches in order, the first from 0
public record Timeline(List<Stretch> stretches) {
    public Timeline {
        stretches = List.copyOf(stretches);
    }

    /// Returns the schedule of `phases`.
    public static Timeline of(List<LoadPhase> phases) {
        var stretches = new ArrayList<Stretch>();
        long start = 0;
        for (int index = 0; index < phases.size(); index++) {
            var phase = phases.get(index);
            long end = start + phase.duration().toNanos();
            stretches.add(stretch(phase, index, start, end));
            start = end;
        }
        return chained(stretches);
    }

    private static Stretch stretch(LoadPhase phase, int index, long start, long end) {
        long duration = end - start;
        return switch (phase.model()) {
            case CONSTANT_USERS -> closed(index, start, end, phase.from(), phase.from());
            case RAMPING_USERS -> closed(index, start, end, phase.from(), phase.to());
            case CONSTANT_RATE -> open(index, start, end, Arrivals.of(phase.from(), phase.from(), duration), phase);
            case RAMPING_RATE -> open(index, start, end, Arrivals.of(phase.from(), phase.to(), duration), phase);
            case STEPPED_USERS, ITERATIONS_PER_USER, SHARED_ITERATIONS, STEPPED_RATE, ARRIVALS ->
                throw new IllegalArgumentException("not driven yet: " + phase.model());
        };
    }

    private static Stretch closed(int index, long start, long end, double from, double to) {
        return new Stretch.Closed(index, start, end, Population.of(0, from, to, end - start));
    }

    private static Stretch open(int index, long start, long end, Arrivals arrivals, LoadPhase phase) {
        return new Stretch.Open(index, start, end, arrivals, 0, phase.maxInFlight());
    }

    /// Gives each open stretch the index of its first arrival, and each closed one the users that it takes over.
    private static Timeline chained(List<Stretch> stretches) {
        var chained = new ArrayList<Stretch>();
        long arrivals = 0;
        long users = 0;
        for (var stretch : stretches) {
            switch (stretch) {
                case Stretch.Open open -> {
                    var placed = open.startingAt(arrivals);
                    arrivals = placed.last();
                    users = 0;
                    chained.add(placed);
                }
                case Stretch.Closed(int phase, long start, long end, Population line) -> {
                    var population = new Population(users, line.from(), line.to(), line.duration(), line.rise());
                    users = population.active(end - start);
                    chained.add(new Stretch.Closed(phase, start, end, population));
                }
            }
        }
        return new Timeline(chained);
    }

    /// Returns the end of the last stretch.
    public long end() {
        return stretches.isEmpty() ? 0 : stretches.getLast().end();
    }

    /// Returns how many arrivals of open models there are in the whole run.
    public long arrivals() {
        return stretches.stream()
                .mapToLong(stretch -> stretch instanceof Stretch.Open open ? open.last() - open.first() : 0)
                .sum();
    }

    /// Returns the place in [#stretches()] of the one that holds `at`, or empty outside the run.
    public Optional<Integer> place(long at) {
        for (int place = 0; place < stretches.size(); place++) {
            var stretch = stretches.get(place);
            if (at >= stretch.start() && at < stretch.end()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /// Returns this schedule with the rest of the phase under way at `at` changed, or empty where the phase does not
    /// have the model that `adjustment` is about, or where there is none. What was due before `at` stays as it is.
    public Optional<Timeline> adjusted(long at, Adjustment adjustment) {
        var place = place(at);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        var current = stretches.get(place.get());
        return rest(current, at, adjustment).map(rest -> {
            var changed = new ArrayList<>(stretches);
            changed.set(place.get(), rest);
            if (at > current.start()) {
                changed.add(place.get(), current.until(at));
            }
            return chained(changed);
        });
    }

    private static Optional<Stretch> rest(Stretch current, long at, Adjustment adjustment) {
        return Optional.ofNullable(
                switch (adjustment) {
                    case Adjustment.ToRate(double rate)
                    when current instanceof Stretch.Open open ->
                        new Stretch.Open(
                                open.phase(),
                                at,
                                open.end(),
                                new Arrivals.Steady(rate),
                                open.first(),
                                open.maxInFlight());
                    case Adjustment.ToUsers(double users)
                    when current instanceof Stretch.Closed(int phase, long _, long end, Population _) ->
                        new Stretch.Closed(phase, at, end, Population.of(0, users, users, end - at));
                    case Adjustment.ToRate _, Adjustment.ToUsers _ -> null;
                });
    }
}
