package io.ordeal.campaign.openslo;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.objective.Unit;
import java.math.BigDecimal;
import java.util.Arrays;

/// Writes objectives of Ordeal. Pure.
public final class Expressions {
    private Expressions() {}

    /// Returns what `slo` says in the language of objectives.
    ///
    /// A ratio or latency over the run is a budget. Time slices are windows; Ordeal lets none of them be out,
    /// which is stricter than any target of OpenSLO.
    public static String of(Slo slo) {
        var aim = slo.aim();
        boolean sliced = aim.slice().isPresent();
        var part = BigDecimal.valueOf(aim.part());
        return switch (slo.indicator()) {
            case Slo.Ratio(boolean due, var of) ->
                (due
                                ? "availability" + whose(of) + " >= " + Limits.percent(part)
                                : "errors" + whose(of) + " <= " + Limits.percent(BigDecimal.ONE.subtract(part)))
                        + tagged(of)
                        + (sliced ? " per window" : " as budget");
            case Slo.Latency(var latency, var of) ->
                (latency == Measure.Latency.SERVICE ? "service p" : "p")
                        + Limits.plain(part.movePointRight(2).doubleValue()) + whose(of) + " "
                        + limit(aim, Unit.SECONDS) + tagged(of) + (sliced ? " per window" : " as budget");
            case Slo.Value(var measure, var unit, var of) ->
                measure + whose(of) + " " + limit(aim, unit(unit)) + tagged(of)
                        + of.on().map(target -> " on " + target).orElse("") + (sliced ? " per window" : "");
        };
    }

    /// Returns a measure in the words of the language.
    static String measure(Measure measure) {
        return switch (measure) {
            case Measure.Percentile(double rank, var latency) -> latency(latency) + "p" + Limits.plain(rank);
            case Measure.Mean(var latency) -> latency(latency) + "mean";
            case Measure.Maximum(var latency) -> latency(latency) + "max";
            case Measure.ErrorRatio _ -> "errors";
            case Measure.Availability _ -> "availability";
            case Measure.Throughput _ -> "throughput";
            case Measure.Recovery _ -> "recovery";
            case Measure.TimeToTrip _ -> "time_to_trip";
            case Measure.QueueDrain _ -> "queue_drain";
            case Measure.Custom(var name, var statistic, var _) -> name + " " + statistic(statistic);
            case Measure.Level(var reading, var statistic, var _) -> reading + " " + statistic(statistic);
            case Measure.Slope(var of) -> measure(of) + " slope";
        };
    }

    /// Returns the unit of a symbol; of none that is known, plain numbers.
    public static Unit unit(String symbol) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.symbol().equals(symbol))
                .findFirst()
                .orElse(Unit.NUMBER);
    }

    private static String latency(Measure.Latency latency) {
        return latency == Measure.Latency.SERVICE ? "service " : "";
    }

    private static String statistic(Statistic statistic) {
        return switch (statistic) {
            case Statistic.Rank(double percent) -> "p" + Limits.plain(percent);
            case Statistic.Average _ -> "mean";
            case Statistic.Least _ -> "min";
            case Statistic.Greatest _ -> "max";
        };
    }

    private static String limit(Slo.Aim aim, Unit unit) {
        return aim.op().orElse(Comparison.LESS).symbol() + " "
                + Limits.text(aim.value().orElse(0.0), unit);
    }

    private static String whose(Slo.Selection of) {
        return of.of().map(name -> " of " + name).orElse("");
    }

    private static String tagged(Slo.Selection of) {
        return of.tagged().map(tag -> " tagged " + tag).orElse("");
    }
}
