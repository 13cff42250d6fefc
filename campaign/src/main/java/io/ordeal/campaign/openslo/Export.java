package io.ordeal.campaign.openslo;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// Says objectives in the words of OpenSLO, as far as it has them. Pure.
public final class Export {
    private Export() {}

    /// Returns `objective` as an SLO.
    ///
    /// @param window the length of a window, which is that of a time slice
    public static Slo of(String name, Objective objective, Duration window) {
        return new Slo(name, indicator(objective), aim(objective, window));
    }

    /// Returns what stands in the annotation: the objective itself, unless the rest says all of it.
    public static Optional<String> annotation(Slo slo, Objective objective) {
        return complete(slo, objective)
                ? Optional.empty()
                : Optional.of(objective.expression().strip());
    }

    private static boolean complete(Slo slo, Objective objective) {
        try {
            return bare(ObjectiveParser.parse(Expressions.of(slo))).equals(bare(objective));
        } catch (MalformedObjective _) {
            return false; // what it would say is no objective
        }
    }

    /// Returns `objective` without the words that it was written in.
    public static Objective bare(Objective objective) {
        return new Objective(
                "",
                objective.advisory(),
                objective.measure(),
                objective.of(),
                objective.on(),
                objective.comparison(),
                objective.limit(),
                objective.scope(),
                objective.form(),
                objective.least());
    }

    private static Slo.Indicator indicator(Objective objective) {
        var of = selection(objective);
        var measure = objective.measure();
        if (part(objective).isEmpty()) {
            return new Slo.Value(Expressions.measure(measure), measure.unit().symbol(), of);
        }
        return switch (measure) {
            case Measure.Availability _ -> new Slo.Ratio(true, of);
            case Measure.Percentile(double _, var latency) -> new Slo.Latency(latency, of);
            default -> new Slo.Ratio(false, of);
        };
    }

    private static Slo.Selection selection(Objective objective) {
        return new Slo.Selection(
                objective.of(),
                objective.scope().tag().map(tag -> tag.key() + "=" + tag.value()),
                level(objective.measure()) ? Optional.of(objective.on().orElse("any")) : objective.on());
    }

    private static boolean level(Measure measure) {
        return switch (measure) {
            case Measure.Level _ -> true;
            case Measure.Slope(var of) -> level(of);
            default -> false;
        };
    }

    /// Returns the part of the requests that must be good, where it is one that a target can be.
    private static Optional<Double> part(Objective objective) {
        var limit = BigDecimal.valueOf(objective.limit());
        var part = switch (objective.measure()) {
            case Measure.ErrorRatio _ -> Optional.of(BigDecimal.ONE.subtract(limit));
            case Measure.Availability _ -> Optional.of(limit);
            case Measure.Percentile(double rank, var _) ->
                Optional.of(BigDecimal.valueOf(rank).movePointLeft(2));
            default -> Optional.<BigDecimal>empty();
        };
        return part.map(BigDecimal::doubleValue).filter(value -> value > 0 && value < 1);
    }

    private static Slo.Aim aim(Objective objective, Duration window) {
        var part = part(objective);
        boolean ratio = part.isPresent() && !(objective.measure() instanceof Measure.Percentile);
        Optional<Comparison> op = ratio ? Optional.empty() : Optional.of(objective.comparison());
        Optional<Double> value = ratio ? Optional.empty() : Optional.of(objective.limit());
        return objective.perWindow()
                ? new Slo.Aim(op, value, Slo.ALWAYS, Optional.of(new Slo.Slice(part.orElse(1.0), window)))
                : new Slo.Aim(op, value, part.orElse(Slo.ALWAYS), Optional.empty());
    }
}
