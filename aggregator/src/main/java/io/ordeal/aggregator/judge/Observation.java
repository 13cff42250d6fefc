package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/// What a measure says of evidence.
interface Observation {
    /// What the extremes of the missing requests make of the objective.
    ///
    /// @param bad requests that are known to be beyond the limit
    record Bounds(boolean surelyHolds, boolean surelyFails, long bad) {}

    /// Looks at `evidence`.
    static Observation of(Objective objective, Evidence evidence) {
        return of(objective.measure(), objective, evidence);
    }

    /// Looks at `evidence` by another measure than the objective's.
    static Observation of(Measure measure, Objective objective, Evidence evidence) {
        return switch (measure) {
            case Measure.Percentile(double rank, var latency) ->
                new LatencyObservation(objective, evidence, latency, new Statistic.Rank(rank));
            case Measure.Mean(var latency) ->
                new LatencyObservation(objective, evidence, latency, new Statistic.Average());
            case Measure.Maximum(var latency) ->
                new LatencyObservation(objective, evidence, latency, new Statistic.Greatest());
            case Measure.ErrorRatio _ -> new RatioObservation(objective, evidence, false);
            case Measure.Availability _ -> new RatioObservation(objective, evidence, true);
            case Measure.Throughput _ -> new ThroughputObservation(objective, evidence);
            case Measure.Custom(var name, var statistic, var _) ->
                new CustomObservation(objective, evidence, evidence.tally().values(name), statistic);
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    /// Returns how many samples there are.
    long samples();

    /// Returns the value in the unit of the measure, or empty where there is nothing to observe.
    Optional<Double> value();

    /// Returns what could still become of it; there must be a value.
    Bounds bounds();

    /// Returns how many samples it takes to prove anything.
    ///
    /// @param tail requests to be expected beyond a percentile
    long needed(int tail);

    /// Whether a generator that is late leaves it as it is.
    boolean ownTime();

    /// Returns the 95 % interval of the value, where there is one.
    Optional<Interval> interval();

    /// Returns how many samples it takes until `tail` are expected beyond a percentile.
    static long beyond(double rank, int tail) {
        return rank >= 100 ? 1 : (long) Math.ceil(tail * 100.0 / (100.0 - rank) - 1e-6);
    }

    /// Returns the 95 % interval of a percentile: from order statistics, as the number of values below it is binomial.
    ///
    /// @param at gives the value of a rank from 1 to `count`
    static Interval ofRank(double rank, long count, LongToDoubleFunction at) {
        double part = rank / 100;
        double reach = Rules.NORMAL * Math.sqrt(count * part * (1 - part));
        long low = Math.clamp((long) Math.floor(count * part - reach), 1, count);
        long high = Math.clamp((long) Math.ceil(count * part + reach), 1, count);
        return new Interval(
                at.applyAsDouble(low), at.applyAsDouble(Counts.ranked(rank, count)), at.applyAsDouble(high));
    }
}
