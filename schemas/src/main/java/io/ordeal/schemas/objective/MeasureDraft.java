package io.ordeal.schemas.objective;

import io.ordeal.schemas.resources.Readings;
import java.util.Optional;
import java.util.Set;

/// A measure as far as it is known before its limit and clauses were read: those say the unit of a measure that has
/// none of its own, and whether it is a reading.
sealed interface MeasureDraft {
    /// A measure with a unit of its own.
    record Known(Measure measure, boolean slope) implements MeasureDraft {}

    /// A measure or reading that has its unit from the limit.
    record Named(String name, Optional<Statistic> statistic, boolean slope) implements MeasureDraft {}

    /// The measures that are there.
    String MEASURES = "p50 ... p99.9, mean, max, errors, availability, throughput, recovery, time_to_trip, queue_drain,"
            + " or the name of a reading; custom measures with a statistic";

    /// Words that stand for something else.
    Set<String> RESERVED = Set.of("warn", "service", "response", "slope", "of", "min");

    /// Takes a measure from `phrase`.
    static MeasureDraft read(Phrase phrase) {
        var word = phrase.next("a measure: " + MEASURES);
        var known = known(word, phrase);
        if (known.isPresent()) {
            boolean slope = phrase.accept("slope");
            if (slope && known.get().ofFaults()) {
                throw phrase.problem("`" + word + "` is one value for each fault and has no slope");
            }
            return new Known(known.get(), slope);
        }
        if (!word.matches("[a-z][a-z0-9_]+") || word.matches("[a-z][0-9]+") || RESERVED.contains(word)) {
            throw phrase.problem("`" + word + "` is no measure; there are: " + MEASURES);
        }
        var statistic = phrase.peek().flatMap(next -> statistic(next, phrase));
        if (statistic.isPresent()) {
            phrase.next("a statistic");
        }
        return new Named(word, statistic, phrase.accept("slope"));
    }

    private static Optional<Measure> known(String word, Phrase phrase) {
        return switch (word) {
            case "service" -> Optional.of(latency(word, Measure.Latency.SERVICE, phrase));
            case "response" -> Optional.of(latency(word, Measure.Latency.RESPONSE, phrase));
            case "errors" -> Optional.of(new Measure.ErrorRatio());
            case "availability" -> Optional.of(new Measure.Availability());
            case "throughput" -> Optional.of(new Measure.Throughput());
            case "recovery" -> Optional.of(new Measure.Recovery());
            case "time_to_trip" -> Optional.of(new Measure.TimeToTrip());
            case "queue_drain" -> Optional.of(new Measure.QueueDrain());
            default -> statistic(word, phrase).flatMap(found -> latency(found, Measure.Latency.RESPONSE));
        };
    }

    private static Measure latency(String which, Measure.Latency latency, Phrase phrase) {
        var word = phrase.next("p50 ... p99.9, mean or max after `" + which + "`");
        return statistic(word, phrase)
                .flatMap(found -> latency(found, latency))
                .orElseThrow(() -> phrase.problem(
                        "`" + word + "` is no statistic of a latency; write p50 ... p99.9, mean or max"));
    }

    /// Nobody asks for the smallest latency.
    private static Optional<Measure> latency(Statistic statistic, Measure.Latency latency) {
        return switch (statistic) {
            case Statistic.Rank(double percent) -> Optional.of(new Measure.Percentile(percent, latency));
            case Statistic.Average _ -> Optional.of(new Measure.Mean(latency));
            case Statistic.Greatest _ -> Optional.of(new Measure.Maximum(latency));
            case Statistic.Least _ -> Optional.empty();
        };
    }

    /// `p999` is read as p99.9, as people write both.
    private static double rank(String word, Phrase phrase) {
        double rank = Double.parseDouble(word.substring(1));
        double percent = rank > 100 ? rank / 10 : rank;
        if (percent <= 0 || percent > 100) {
            throw phrase.problem("`" + word + "` is no percentile; write p50, p95, p99 or p99.9");
        }
        return percent;
    }

    private static Optional<Statistic> statistic(String word, Phrase phrase) {
        return switch (word) {
            case "mean" -> Optional.of(new Statistic.Average());
            case "min" -> Optional.of(new Statistic.Least());
            case "max" -> Optional.of(new Statistic.Greatest());
            default ->
                word.matches("p[0-9]{1,3}(\\.[0-9]+)?")
                        ? Optional.of(new Statistic.Rank(rank(word, phrase)))
                        : Optional.empty();
        };
    }

    /// Takes the limit from `phrase`; its unit is that of the measure, or of what grows.
    default Limits.Limit limit(Phrase phrase) {
        return switch (this) {
            case Known(var measure, boolean slope) -> {
                var unit = slope ? measure.unit().perHour() : measure.unit();
                var word = phrase.next("a limit, for instance " + unit.example());
                yield Limits.in(unit, word)
                        .map(value -> new Limits.Limit(value, unit))
                        .orElseThrow(() -> noLimit(phrase, word, unit.example()));
            }
            case Named(var _, var _, boolean slope) -> {
                var example = slope ? "5MB/h" : "80%";
                var word = phrase.next("a limit, for instance " + example);
                yield (slope ? Limits.anyGrowth(word) : Limits.any(word))
                        .orElseThrow(() -> noLimit(phrase, word, example));
            }
        };
    }

    private static MalformedObjective noLimit(Phrase phrase, String word, String example) {
        return phrase.problem("`" + word + "` is no limit for this measure; write for instance `" + example + "`");
    }

    /// Returns the measure, now that all is known.
    ///
    /// @param on whether a target of readings was named
    default Measure measure(Comparison comparison, Limits.Limit limit, boolean on, Phrase phrase) {
        return switch (this) {
            case Known(var measure, boolean slope) -> slope ? new Measure.Slope(measure) : measure;
            case Named(var name, var statistic, boolean slope) -> {
                if (statistic.isEmpty() && !on && !Readings.STANDARD.contains(name)) {
                    throw phrase.problem("`" + name + "` is no measure; there are: " + MEASURES
                            + ". If it is a reading of yours, say on which target: `on api`, or `on any`");
                }
                var plain = statistic.isEmpty() || on
                        ? new Measure.Level(name, statistic.orElseGet(() -> bare(comparison, slope)), limit.unit())
                        : new Measure.Custom(name, statistic.get(), limit.unit());
                yield slope ? new Measure.Slope(plain) : plain;
            }
        };
    }

    /// What a reading without a statistic means: never beyond its limit; grown, its mean.
    private static Statistic bare(Comparison comparison, boolean slope) {
        if (slope) {
            return new Statistic.Average();
        }
        return comparison.bounded() ? new Statistic.Greatest() : new Statistic.Least();
    }
}
