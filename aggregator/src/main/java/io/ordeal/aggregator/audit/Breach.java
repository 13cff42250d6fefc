package io.ordeal.aggregator.audit;

import io.ordeal.schemas.resources.Readings;
import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.Saturation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first window in which an objective did not hold, and the resources that were at their limit by then.
final class Breach {
    private static final Map<String, Double> LIMITS = Map.of("cpu", 0.9, "memory", 0.95);
    private static final double OF_LIMIT = 0.95;

    private final Dossier dossier;

    Breach(Dossier dossier) {
        this.dossier = dossier;
    }

    Optional<FirstBreach> first(List<Standing> windows) {
        return windows.stream()
                .filter(window -> dossier.terms().judged(window.span().mainPhase()))
                .filter(Standing::breaches)
                .findFirst()
                .map(window -> new FirstBreach(
                        Micros.instant(window.span().start()),
                        window.breached().getFirst().name(),
                        saturated(window.span().end())));
    }

    /// Returns the readings that were at their limit before `end`, each with the first sample that says so.
    private List<Saturation> saturated(long end) {
        var first = new LinkedHashMap<Resources.Series, Saturation>();
        for (var sample : dossier.resources().samples()) {
            if (sample.at() < end) {
                sample.values()
                        .forEach((reading, value) -> limit(sample, reading, value)
                                .ifPresent(limit -> first.putIfAbsent(
                                        new Resources.Series(sample.source(), reading),
                                        new Saturation(
                                                sample.source(), reading, value, limit, Micros.instant(sample.at())))));
            }
        }
        return List.copyOf(first.values());
    }

    /// Returns the limit that a reading is at, or empty where it is at none.
    private static Optional<Double> limit(Resources.Sample sample, String reading, double value) {
        var own = Optional.ofNullable(LIMITS.get(reading))
                .filter(part -> value >= part)
                .map(_ -> 1.0);
        return own.or(() -> Optional.ofNullable(sample.values().get(reading + Readings.LIMIT))
                .filter(limit -> limit > 0 && value >= OF_LIMIT * limit));
    }
}
