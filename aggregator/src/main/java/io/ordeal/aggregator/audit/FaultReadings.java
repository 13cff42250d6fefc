package io.ordeal.aggregator.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What circuit breakers and queues showed of a fault.
final class FaultReadings {
    private static final int ROW = 3;
    private static final int BASELINE = 30;

    private final Dossier dossier;

    FaultReadings(Dossier dossier) {
        this.dossier = dossier;
    }

    /// Returns how long after the act a breaker was seen open, microseconds; empty where none was.
    Optional<Long> trip(Force fault, Map<String, List<Resources.Reading>> sources) {
        return fault.acted()
                .flatMap(act -> sources.values().stream()
                        .flatMap(readings -> trip(fault, act, readings).stream())
                        .min(Long::compare));
    }

    private static Optional<Long> trip(Force fault, long act, List<Resources.Reading> readings) {
        var before = readings.stream().filter(reading -> reading.at() < act).toList();
        if (!before.isEmpty() && before.getLast().value() >= 1) {
            return Optional.of(0L);
        }
        return readings.stream()
                .filter(reading -> fault.at(reading.at()) && reading.value() >= 1)
                .findFirst()
                .map(reading -> reading.at() - act);
    }

    /// Returns how long after the end of a fault the last queue was back, microseconds; empty where one was not.
    Optional<Long> drain(Force fault, Map<String, List<Resources.Reading>> sources) {
        return fault.acted().flatMap(act -> fault.reverted().flatMap(end -> drain(act, end, sources)));
    }

    /// Returns how long after `end` the last queue was back where it was before `begin`.
    Optional<Long> drain(long begin, long end, Map<String, List<Resources.Reading>> sources) {
        Optional<Long> latest = Optional.empty();
        for (var readings : sources.values()) {
            var back = drain(begin, end, readings);
            if (back.isEmpty()) {
                return Optional.empty();
            }
            latest = Optional.of(Math.max(back.get(), latest.orElse(0L)));
        }
        return latest;
    }

    /// Returns how long after `end` one queue was back.
    Optional<Long> drain(long begin, long end, List<Resources.Reading> readings) {
        long since = begin - BASELINE * dossier.terms().window();
        double baseline = readings.stream()
                .filter(reading -> reading.at() >= since && reading.at() < begin)
                .mapToDouble(Resources.Reading::value)
                .max()
                .orElse(0);
        var after = readings.stream().filter(reading -> reading.at() >= end).toList();
        for (int i = 0; i + ROW <= after.size(); i++) {
            if (after.subList(i, i + ROW).stream().allMatch(reading -> reading.value() <= baseline)) {
                return Optional.of(after.get(i).at() - end);
            }
        }
        return Optional.empty();
    }
}
