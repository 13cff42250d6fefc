package io.ordeal.campaign.openslo;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import java.time.Duration;
import java.util.Optional;

/// One objective of an SLO of OpenSLO v1, as far as Ordeal can judge it.
///
/// @param name as results show it
/// @param indicator what is observed
/// @param aim what it must be
public record Slo(String name, Indicator indicator, Aim aim) {
    /// The metric source that Ordeal is.
    public static final String SOURCE = "ordeal";

    /// The annotation that says what OpenSLO has no words for: the objective in Ordeal's own.
    public static final String ANNOTATION = "ordeal.io/objective";

    /// The target of what must hold always, or has one value only: OpenSLO has none of 1.
    static final double ALWAYS = 0.999;

    /// What is observed.
    public sealed interface Indicator {
        /// Whose requests or readings.
        Selection of();
    }

    /// Good requests of all.
    ///
    /// @param due whether all that were due count, or those that ended
    public record Ratio(boolean due, Selection of) implements Indicator {}

    /// The latency of single requests.
    public record Latency(Measure.Latency latency, Selection of) implements Indicator {}

    /// One value for the whole run or a window.
    ///
    /// @param measure in Ordeal's words, for instance `throughput` or `heap_after_gc mean slope`
    /// @param unit the symbol of its unit; empty: a plain number
    public record Value(String measure, String unit, Selection of) implements Indicator {}

    /// Whose requests or readings count.
    ///
    /// @param of a scenario, or `scenario/request`
    /// @param tagged a mark of scenarios, `KEY=VALUE`
    /// @param on the target of a reading, or `any`
    public record Selection(Optional<String> of, Optional<String> tagged, Optional<String> on) {
        /// All requests.
        public static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// What it must be.
    ///
    /// @param op how a value stands to `value`; empty for a ratio
    /// @param value in seconds for a latency, in the unit of the indicator otherwise; empty for a ratio
    /// @param target the part of the requests, or of the slices, that must be good
    /// @param slice for time slices
    public record Aim(Optional<Comparison> op, Optional<Double> value, double target, Optional<Slice> slice) {
        /// Returns the part of the requests that must be good, in all or in each slice.
        double part() {
            return slice.map(Slice::target).orElse(target);
        }

        /// Whether it asks the same of `indicator`. Where Ordeal does not look at the target, any is the same.
        boolean same(Aim other, Indicator indicator) {
            boolean indifferent = slice.isPresent() || indicator instanceof Value;
            return op.equals(other.op)
                    && value.equals(other.value)
                    && slice.equals(other.slice)
                    && (indifferent || target == other.target);
        }
    }

    /// A slice of time.
    ///
    /// @param target the part of its requests that must be good
    public record Slice(double target, Duration window) {}

    /// Whether `other` says the same, whatever it is called.
    public boolean same(Slo other) {
        return indicator.equals(other.indicator) && aim.same(other.aim, indicator);
    }
}
