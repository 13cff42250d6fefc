package io.ordeal.chaos.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ordeal.schemas.resources.ResourceSample;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What Prometheus sees of samples.
class ShownSamplesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<ResourceSample> published = new ArrayList<>();
    private Instant now = START;

    private final ShownSamples shown = ShownSamples.register(
            registry,
            new SampleOutlet() {
                @Override
                public void say(ResourceSample sample) {
                    published.add(sample);
                }

                @Override
                public void close() {
                    published.clear();
                }
            },
            () -> now);

    @Test
    void showsTheNewestReadingsOfEachSourceUntilItFallsSilent() {
        shown.say(sample("api", START, Map.of("cpu_cores", 0.5)));
        shown.say(sample("api", START.plusSeconds(1), Map.of("cpu_cores", 0.75, "threads", 20.0)));
        shown.say(sample("", START.plusSeconds(4), Map.of("memory_bytes", 1e9)));
        now = START.plusSeconds(5);

        assertThat(points("ordeal_resource"))
                .extracting(point -> point.getLabels().toString(), GaugeDataPointSnapshot::getValue)
                .containsExactlyInAnyOrder(
                        tuple("{host=\"here\",process=\"\",reading=\"memory_bytes\"}", 1e9),
                        tuple("{host=\"here\",process=\"api\",reading=\"cpu_cores\"}", 0.75),
                        tuple("{host=\"here\",process=\"api\",reading=\"threads\"}", 20.0));
        assertThat(published).hasSize(3);

        now = START.plusSeconds(7);
        assertThat(points("ordeal_resource"))
                .singleElement()
                .satisfies(point -> assertThat(point.getLabels().get("process")).isEmpty());
    }

    @Test
    void countsTheReadingsForWhichThereIsNoRoom() {
        var many = new HashMap<String, Double>();
        IntStream.range(0, ShownSamples.MOST + 3).forEach(each -> many.put("reading_" + each, 1.0));

        shown.say(sample("api", START, many));

        assertThat(points("ordeal_resource")).hasSize(ShownSamples.MOST);
        assertThat(points("ordeal_resource_refused_readings"))
                .singleElement()
                .extracting(GaugeDataPointSnapshot::getValue)
                .isEqualTo(3.0);
    }

    private static ResourceSample sample(String process, Instant at, Map<String, Double> values) {
        return new ResourceSample("", "here", process, at, values);
    }

    private List<GaugeDataPointSnapshot> points(String name) {
        return registry.scrape(name::equals).stream()
                .map(GaugeSnapshot.class::cast)
                .flatMap(gauge -> gauge.getDataPoints().stream())
                .toList();
    }
}
