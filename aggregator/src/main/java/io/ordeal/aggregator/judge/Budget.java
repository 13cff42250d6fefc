package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import java.math.BigDecimal;
import java.util.Optional;

/// A budget of bad requests.
///
/// @param allowed the part of the requests that may be bad, from 0 to 1
public record Budget(Objective objective, double allowed) {

    /// Requests that count, and which of them are bad.
    public record Burn(long bad, long total) {
        /// Nothing.
        public static final Burn NONE = new Burn(0, 0);

        /// Returns this and `other` together.
        public Burn plus(Burn other) {
            return new Burn(bad + other.bad, total + other.total);
        }
    }

    /// Returns the budget that `objective` is, or empty where it is none.
    static Optional<Budget> of(Objective objective) {
        return objective.form() == Form.BUDGET
                ? Optional.of(new Budget(objective, allowed(objective)))
                : Optional.empty();
    }

    private static double allowed(Objective objective) {
        return switch (objective.measure()) {
            case Measure.ErrorRatio _ -> objective.limit();
            case Measure.Availability _ -> rest(1, objective.limit());
            case Measure.Percentile(double rank, var _) -> rest(100, rank) / 100;
            case Measure other -> throw new IllegalArgumentException("it has no budget: " + other);
        };
    }

    /// Decimal, as 1 - 0.999 is not quite 0.001.
    private static double rest(long whole, double part) {
        return BigDecimal.valueOf(whole).subtract(BigDecimal.valueOf(part)).doubleValue();
    }

    /// Returns what `evidence` burned of it.
    Burn burn(Evidence evidence) {
        var tally = evidence.tally();
        return switch (objective.measure()) {
            case Measure.Availability _ -> new Burn(tally.bad() + evidence.unmet(), tally.count() + evidence.unmet());
            case Measure.Percentile(var _, var latency) -> {
                long within = tally.distribution(latency).within(objective.comparison(), objective.limit() * 1e6);
                yield new Burn(tally.count() - within, tally.count());
            }
            case Measure _ -> new Burn(tally.bad(), tally.count());
        };
    }

    /// Returns which part of the budget for `total` requests `bad` ones spend. Where none may be bad, each spends all.
    double spent(long bad, long total) {
        return bad == 0 ? 0 : bad / (allowed > 0 ? allowed * total : 1);
    }
}
