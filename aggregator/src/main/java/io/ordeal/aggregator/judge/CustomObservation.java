package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import java.util.Optional;

/// What a measure of the requests' own says; whether more of it is better is for the comparison to say.
final class CustomObservation implements Observation {
    private final Objective objective;
    private final Values values;
    private final Statistic statistic;
    private final long missing;

    CustomObservation(Objective objective, Evidence evidence, Values values, Statistic statistic) {
        this.objective = objective;
        this.values = values;
        this.statistic = statistic;
        this.missing = evidence.missing();
    }

    @Override
    public long samples() {
        return values.count();
    }

    @Override
    public Optional<Double> value() {
        return samples() == 0 ? Optional.empty() : Optional.of(values.statistic(statistic));
    }

    @Override
    public Bounds bounds() {
        boolean holds = objective.holds(values.statistic(statistic));
        boolean few = missing <= Rules.DROPPED * samples();
        boolean bounded = objective.comparison().bounded();
        return switch (statistic) {
            case Statistic.Rank(double percent) -> rank(percent, bounded);
            case Statistic.Average _ -> new Bounds(few && holds, few && !holds, samples());
            case Statistic.Least _ -> new Bounds(few && holds, !holds && (!bounded || missing == 0), Long.MAX_VALUE);
            case Statistic.Greatest _ -> new Bounds(few && holds, !holds && (bounded || missing == 0), Long.MAX_VALUE);
        };
    }

    /// A percentile is below a limit when so many values are, and above it when fewer are not.
    private Bounds rank(double percent, boolean bounded) {
        long within = values.within(objective.comparison(), objective.limit());
        long beyond = samples() - within;
        long wanted = Counts.ranked(percent, samples() + missing);
        return bounded
                ? new Bounds(within >= wanted, within + missing < wanted, beyond)
                : new Bounds(beyond + missing < wanted, beyond >= wanted, beyond);
    }

    @Override
    public long needed(int tail) {
        return switch (statistic) {
            case Statistic.Rank(double percent) -> Observation.beyond(percent, tail);
            case Statistic.Average _ -> tail;
            case Statistic.Least _, Statistic.Greatest _ -> 1;
        };
    }

    /// A measure may have its time from the generator, too.
    @Override
    public boolean ownTime() {
        return false;
    }

    @Override
    public Optional<Interval> interval() {
        return statistic instanceof Statistic.Rank(double percent) && samples() > 0
                ? Optional.of(Observation.ofRank(percent, samples(), values::at))
                : Optional.empty();
    }
}
