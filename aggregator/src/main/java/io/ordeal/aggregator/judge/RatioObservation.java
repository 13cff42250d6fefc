package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.aggregator.statistics.Proportions;
import io.ordeal.schemas.objective.Objective;
import java.util.Optional;

/// What a ratio says: errors, or availability.
final class RatioObservation implements Observation {
    private final Objective objective;
    private final Evidence evidence;
    private final boolean available;

    /// @param available whether it is of good requests, among all that were due
    RatioObservation(Objective objective, Evidence evidence, boolean available) {
        this.objective = objective;
        this.evidence = evidence;
        this.available = available;
    }

    @Override
    public long samples() {
        return evidence.tally().count();
    }

    @Override
    public Optional<Double> value() {
        return samples() == 0 ? Optional.empty() : Optional.of((double) part() / whole());
    }

    private long part() {
        return available ? evidence.tally().ok() : evidence.tally().bad();
    }

    private long whole() {
        return available ? samples() + evidence.unmet() : samples();
    }

    @Override
    public Bounds bounds() {
        long unknown = evidence.unknown();
        double known = (double) part() / (whole() + unknown);
        double more = (double) (part() + unknown) / (whole() + unknown);
        return available
                ? new Bounds(
                        objective.holds(known),
                        !objective.holds(more),
                        evidence.tally().bad() + evidence.unmet())
                : new Bounds(
                        objective.holds(more),
                        !objective.holds(known),
                        evidence.tally().bad());
    }

    /// A ratio below a part cannot be told from one bad request in fewer than its inverse.
    @Override
    public long needed(int tail) {
        double part = available ? 1 - objective.limit() : objective.limit();
        if (tail == Rules.TAIL_OF_WINDOW) {
            return 1;
        }
        return part <= 0 ? tail : Math.max(tail, (long) Math.ceil(1 / part - 1e-6));
    }

    @Override
    public boolean ownTime() {
        return !available;
    }

    @Override
    public Optional<Interval> interval() {
        return samples() == 0 ? Optional.empty() : Proportions.ratio(part(), whole(), Rules.CONFIDENCE);
    }
}
