package io.ordeal.chaos.sample;

import io.ordeal.schemas.resources.ResourceSample;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Shows Prometheus the newest sample of each source, and hands every one on.
public final class ShownSamples implements SampleOutlet, MultiCollector {
    /// Most readings that are shown, in the order of their sources: as many as one run is judged by.
    static final int MOST = 512;

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SampleOutlet next;
    private final InstantSource clock;
    private final Map<String, ResourceSample> newest = new ConcurrentSkipListMap<>();

    private ShownSamples(SampleOutlet next, InstantSource clock) {
        this.next = next;
        this.clock = clock;
    }

    /// Registers what is said from now on; all of it goes to `next`, too, which is closed with this.
    public static ShownSamples register(PrometheusRegistry registry, SampleOutlet next, InstantSource clock) {
        var shown = new ShownSamples(next, clock);
        registry.register(shown);
        return shown;
    }

    @Override
    public void say(ResourceSample sample) {
        newest.put(sample.host() + "/" + sample.process(), sample);
        next.say(sample);
    }

    @Override
    public MetricSnapshots collect() {
        Instant since = clock.instant().minus(FRESH);
        newest.values().removeIf(sample -> sample.at().isBefore(since));
        var readings = GaugeSnapshot.builder()
                .name("ordeal_resource")
                .help("Newest reading of a process, or of the host where process is empty: cores, bytes, bytes per"
                        + " second, a part of 1 or a count, as docs/resource-samples.md says");
        int shown = 0;
        int refused = 0;
        for (var sample : newest.values()) {
            for (var reading : new TreeMap<>(sample.values()).entrySet()) {
                if (shown < MOST) {
                    readings.dataPoint(point(sample, reading.getKey(), reading.getValue()));
                    shown++;
                } else {
                    refused++;
                }
            }
        }
        var left = GaugeSnapshot.builder()
                .name("ordeal_resource_refused_readings")
                .help("Readings that are not shown because there are more than " + MOST)
                .dataPoint(GaugeDataPointSnapshot.builder().value(refused).build());
        return new MetricSnapshots(readings.build(), left.build());
    }

    private static GaugeDataPointSnapshot point(ResourceSample sample, String reading, double value) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("host", sample.host(), "process", sample.process(), "reading", reading))
                .value(value)
                .build();
    }

    @Override
    public void close() {
        next.close();
    }
}
