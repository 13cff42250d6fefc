package io.ordeal.aggregator.resources;

import java.util.List;
import java.util.Optional;

/// The samples of a run that count.
public interface Recording {
    /// No samples.
    Recording EMPTY = new Recording() {
        @Override
        public List<Gauge> gauges() {
            return List.of();
        }

        @Override
        public Samples samples(Gauge gauge) {
            return Samples.NONE;
        }
    };

    /// Returns the gauges that have samples, sorted.
    List<Gauge> gauges();

    /// Returns what a gauge showed; nothing where there is none such.
    Samples samples(Gauge gauge);

    /// Returns the gauges of a reading, on `target` where one is named.
    default List<Gauge> gauges(String reading, Optional<String> target) {
        return gauges().stream()
                .filter(gauge ->
                        gauge.reading().equals(reading) && target.map(gauge::of).orElse(true))
                .toList();
    }
}
