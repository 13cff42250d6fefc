package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Objective;
import java.util.Optional;

/// What ended well per second.
final class ThroughputObservation implements Observation {
    private final Objective objective;
    private final Evidence evidence;

    ThroughputObservation(Objective objective, Evidence evidence) {
        this.objective = objective;
        this.evidence = evidence;
    }

    @Override
    public long samples() {
        return evidence.tally().count();
    }

    @Override
    public Optional<Double> value() {
        return evidence.seconds() > 0 ? Optional.of(perSecond(0)) : Optional.empty();
    }

    private double perSecond(long more) {
        return (evidence.tally().ok() + more) / evidence.seconds();
    }

    @Override
    public Bounds bounds() {
        return new Bounds(
                objective.holds(perSecond(0)), !objective.holds(perSecond(evidence.unknown())), Long.MAX_VALUE);
    }

    @Override
    public long needed(int tail) {
        return 0;
    }

    @Override
    public boolean ownTime() {
        return false;
    }

    @Override
    public Optional<Interval> interval() {
        return Optional.empty();
    }
}
