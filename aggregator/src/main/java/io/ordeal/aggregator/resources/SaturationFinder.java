package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Saturations;
import io.ordeal.schemas.resources.Readings;
import io.ordeal.schemas.results.Saturation;
import java.util.Arrays;
import java.util.Optional;

/// Looks for the first sample in which each reading was at its limit.
final class SaturationFinder {
    private static final double BUSY = 0.9;
    private static final double FULL = 0.95;

    private final Recording recording;

    private SaturationFinder(Recording recording) {
        this.recording = recording;
    }

    static Saturations find(Recording recording) {
        var finder = new SaturationFinder(recording);
        return new Saturations(recording.gauges().stream()
                .flatMap(gauge -> finder.first(gauge).stream())
                .toList());
    }

    private Optional<Saturation> first(Gauge gauge) {
        return switch (gauge.reading()) {
            case "cpu" -> atPart(gauge, BUSY);
            case "memory" -> atPart(gauge, FULL);
            default -> atLimit(gauge, new Gauge(gauge.host(), gauge.process(), gauge.reading() + Readings.LIMIT));
        };
    }

    /// A reading that is a part of the whole.
    private Optional<Saturation> atPart(Gauge gauge, double part) {
        var samples = recording.samples(gauge);
        for (int i = 0; i < samples.size(); i++) {
            if (samples.values()[i] >= part) {
                return Optional.of(saturation(gauge, samples, i, 1));
            }
        }
        return Optional.empty();
    }

    /// A reading whose limit is in the same sample.
    private Optional<Saturation> atLimit(Gauge gauge, Gauge limitGauge) {
        var limits = recording.samples(limitGauge);
        if (limits.size() == 0) {
            return Optional.empty();
        }
        var samples = recording.samples(gauge);
        for (int i = 0; i < samples.size(); i++) {
            int same = Arrays.binarySearch(limits.times(), samples.times()[i]);
            double limit = same < 0 ? 0 : limits.values()[same];
            if (limit > 0 && samples.values()[i] >= FULL * limit) {
                return Optional.of(saturation(gauge, samples, i, limit));
            }
        }
        return Optional.empty();
    }

    private static Saturation saturation(Gauge gauge, Samples samples, int i, double limit) {
        return new Saturation(
                gauge.source(), gauge.reading(), samples.values()[i], limit, Micros.instant(samples.times()[i]));
    }
}
