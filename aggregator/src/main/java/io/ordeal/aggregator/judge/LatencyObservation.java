package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import java.util.Optional;

/// What a latency says: percentile, mean or maximum, in seconds.
final class LatencyObservation implements Observation {
    private static final double SECOND = 1e6;

    private final Objective objective;
    private final Tally.Distribution distribution;
    private final Measure.Latency latency;
    private final Statistic statistic;
    private final long samples;
    private final long missing;

    LatencyObservation(Objective objective, Evidence evidence, Measure.Latency latency, Statistic statistic) {
        this.objective = objective;
        this.distribution = evidence.tally().distribution(latency);
        this.latency = latency;
        this.statistic = statistic;
        this.samples = evidence.tally().count();
        this.missing = evidence.missing();
    }

    @Override
    public long samples() {
        return samples;
    }

    @Override
    public Optional<Double> value() {
        return samples == 0 ? Optional.empty() : Optional.of(observed());
    }

    private double observed() {
        return switch (statistic) {
            case Statistic.Rank(double rank) -> distribution.percentile(rank) / SECOND;
            case Statistic.Average _ -> distribution.mean() / SECOND;
            case Statistic.Greatest _ -> distribution.max() / SECOND;
            case Statistic.Least _ -> throw new IllegalArgumentException("no objective is on the smallest latency");
        };
    }

    @Override
    public Bounds bounds() {
        boolean holds = objective.holds(observed());
        boolean few = missing <= Rules.DROPPED * samples;
        return switch (statistic) {
            case Statistic.Rank(double rank) -> {
                long within = distribution.within(objective.comparison(), objective.limit() * SECOND);
                long wanted = Counts.ranked(rank, samples + missing);
                yield new Bounds(within >= wanted, within + missing < wanted, samples - within);
            }
            case Statistic.Average _ -> {
                double least = distribution.sum() / SECOND / (samples + missing);
                yield new Bounds(few && holds, !objective.holds(least), samples);
            }
            case Statistic.Greatest _, Statistic.Least _ -> new Bounds(few && holds, !holds, Long.MAX_VALUE);
        };
    }

    @Override
    public long needed(int tail) {
        return switch (statistic) {
            case Statistic.Rank(double rank) -> Observation.beyond(rank, tail);
            case Statistic.Average _ -> tail;
            case Statistic.Greatest _, Statistic.Least _ -> 1;
        };
    }

    @Override
    public boolean ownTime() {
        return latency == Measure.Latency.SERVICE;
    }

    @Override
    public Optional<Interval> interval() {
        return statistic instanceof Statistic.Rank(double rank) && samples > 0
                ? Optional.of(Observation.ofRank(rank, samples, at -> distribution.at(at) / SECOND))
                : Optional.empty();
    }
}
