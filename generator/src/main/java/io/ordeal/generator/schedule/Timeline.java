package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.LoadPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schedule of one load of a run: stretches that follow one another without a gap. Every segment computes the
/// same one and takes its [Share] of it.
///
/// @param stretches in order, at least one; nanoseconds from the start of the run
public record Timeline(List<Stretch> stretches) {
    public Timeline {
        stretches = List.copyOf(stretches);
    }

    /// Returns the schedule of `phases`.
    ///
    /// @param start when the first begins, nanoseconds after the start of the run
    /// @param seed of arrivals at random
    public static Timeline of(List<LoadPhase> phases, long start, Seed seed) {
        var stretches = new ArrayList<Stretch>();
        long from = start;
        for (int index = 0; index < phases.size(); index++) {
            var plan = new PhasePlan(phases.get(index), index, from, seed.part(index));
            stretches.addAll(plan.stretches());
            from = plan.end();
        }
        return chained(stretches);
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
                case Stretch.Closed closed -> {
                    var placed = closed.after(users);
                    users = placed.population().active(placed.end() - placed.start());
                    chained.add(placed);
                }
            }
        }
        return new Timeline(chained);
    }

    /// Returns the start of the first stretch.
    public long start() {
        return stretches.getFirst().start();
    }

    /// Returns the end of the last stretch.
    public long end() {
        return stretches.getLast().end();
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
        return place(at)
                .flatMap(place -> rest(stretches.get(place), at, adjustment).map(rest -> with(place, at, rest)));
    }

    private Timeline with(int place, long at, Stretch rest) {
        var changed = new ArrayList<>(stretches.subList(0, place));
        var current = stretches.get(place);
        if (at > current.start()) {
            changed.add(current.until(at));
        }
        changed.add(rest);
        stretches.stream()
                .skip(place)
                .filter(stretch -> stretch.phase() != current.phase())
                .forEach(changed::add);
        return chained(changed);
    }

    private Optional<Stretch> rest(Stretch current, long at, Adjustment adjustment) {
        long end = stretches.stream()
                .filter(stretch -> stretch.phase() == current.phase())
                .mapToLong(Stretch::end)
                .max()
                .orElseThrow();
        return switch (adjustment) {
            case Adjustment.ToRate(double rate)
            when current instanceof Stretch.Open open ->
                Optional.of(new Stretch.Open(
                        open.phase(), at, end, adjusted(open, rate, at, end - at), open.first(), open.maxInFlight()));
            case Adjustment.ToUsers(double users)
            when current instanceof Stretch.Closed closed ->
                Optional.of(new Stretch.Closed(
                        closed.phase(), at, end, Population.of(0, users, users, end - at), closed.iterations()));
            case Adjustment.ToRate _, Adjustment.ToUsers _ -> Optional.empty();
        };
    }

    private static Arrivals adjusted(Stretch.Open open, double rate, long at, long duration) {
        var steady = new Arrivals.Steady(rate);
        return open.arrivals() instanceof Poisson random ? random.renewed(steady, duration, at) : steady;
    }
}
