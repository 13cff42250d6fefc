package io.ordeal.campaign.document;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What ends a run early.
///
/// @param expression as the document has it, for instance `errors < 50% for 10s`
/// @param objective what is looked at, window by window
public record Guard(String expression, Objective objective, Trip trip) {
    /// Returns the part of the requests that may be bad; empty for what has no budget.
    public static Optional<Double> allowed(Objective objective) {
        return switch (objective.measure()) {
            case Measure.ErrorRatio _ -> Optional.of(objective.limit());
            case Measure.Availability _ -> Optional.of(rest(objective.limit(), 1));
            case Measure.Percentile(double rank, var _) -> Optional.of(rest(rank, 100) / 100);
            default -> Optional.empty();
        };
    }

    /// Subtracts as people do: 100 - 99.9 is 0.1.
    private static double rest(double part, long whole) {
        return BigDecimal.valueOf(whole).subtract(BigDecimal.valueOf(part)).doubleValue();
    }

    /// When it is enough.
    public sealed interface Trip {}

    /// The objective has not held in any window for a while.
    ///
    /// @param patience how long it may not hold; zero: not in one window
    public record Lasting(Duration patience) implements Trip {}

    /// Its budget of bad requests burns too fast, over a while and over a twelfth of it at its end.
    ///
    /// @param comparison how the burn rate must stand to `rate`: LESS or AT_MOST
    /// @param rate 1 spends exactly what is allowed
    /// @param over the long window
    public record Burning(Comparison comparison, double rate, Duration over) implements Trip {}
}
