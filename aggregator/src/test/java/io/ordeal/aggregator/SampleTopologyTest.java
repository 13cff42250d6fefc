package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Samples reach every run under way, whichever of the two topics is read first.
final class SampleTopologyTest {
    private static final KafkaSettings KAFKA = KafkaSettings.plain("127.0.0.1:1", "http://127.0.0.1:1");
    private static final long START = 1_700_000_000_000_000L;
    private static final long LENGTH = 20_000_000;

    private final FixedFrames frames = new FixedFrames();

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // before each
    SampleTopologyTest() {}

    @BeforeEach
    void start() {
        var settings = AggregatorSettings.usual();
        var quick = new AggregatorSettings(
                1,
                1,
                settings.commit(),
                settings.session(),
                settings.transaction(),
                0,
                settings.member(),
                settings.patience(),
                Duration.ZERO);
        var properties = new Properties();
        properties.putAll(AggregatorService.configuration(KAFKA, quick, folder));
        var metrics = Metrics.register(new PrometheusRegistry(), Clock.systemUTC());
        driver = new TopologyTestDriver(
                new VerdictTopology(KAFKA, quick, frames, metrics, (_, _) -> {}).build(),
                properties,
                Instant.ofEpochMilli(START / 1000));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private record Step(long at, Runnable action) {}

    @Test
    void twoRunsAtOnceHaveTheSamplesOfTheirOwnTime() {
        var first = rehearsal("first", START);
        var second = rehearsal("second", START + 7_500_000);
        var samples = RehearsedSamples.of(START, LENGTH + 10_000_000, 3);

        pipe(List.of(first, second), samples, 0);

        for (var run : List.of(first, second)) {
            assertThat(differences(run, samples)).isEmpty();
        }
        assertThat(verdict(first).trends()).isNotEmpty();
        var cpu = cpu(verdict(first));
        assertThat(cpu.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(cpu.observed()).hasValueSatisfying(value -> assertThat(value).isGreaterThan(0.9));
        assertThat(cpu(verdict(second)).samples()).isGreaterThan(10);
    }

    /// Its start is read after samples that were taken since.
    @Test
    void aRunHasTheSamplesThatWereReadBeforeItsStart() {
        var run = rehearsal("late", START);
        var samples = RehearsedSamples.of(START, LENGTH, 4);

        pipe(List.of(run), samples, 1_500_000);

        assertThat(differences(run, samples)).isEmpty();
    }

    @Test
    void setsAsideWhatIsNoSampleAndForgetsRunsThatAreOver() {
        var run = rehearsal("run", START);
        pipe(List.of(run), RehearsedSamples.of(START, LENGTH, 5), 0);
        var input = KAFKA.topic(Topic.RESOURCES);
        driver.createInputTopic(input, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(bytes("k"), bytes("no sample"), Instant.ofEpochMilli(START / 1000));
        sample(new ResourceSample("", "h", "", Micros.instant(START), Map.of("cpu", 1.0)), START + 7_200_000_000L);

        var letters = driver.createOutputTopic(
                        KAFKA.topic(Topic.DEAD_LETTER), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(letters)
                .extracting(letter -> new String(
                        letter.getHeaders().lastHeader("ordeal.reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("frame"),
                        reason -> assertThat(reason).startsWith("its time is far from the record's"));
        assertThat(keys(VerdictTopology.SAMPLES)).isNotEmpty().allMatch(key -> key.startsWith("s"));
        assertThat(keys(VerdictTopology.RUNS)).containsExactly("run\u0000h");
    }

    private List<String> keys(String name) {
        var keys = new ArrayList<String>();
        assertThat(driver.getAllStateStores().get(name)).isInstanceOfSatisfying(LiveStore.class, store -> {
            store.flushCache();
            store.load((key, _) -> keys.add(key));
        });
        return keys;
    }

    private static ObjectiveVerdict cpu(RunVerdict run) {
        return run.objectives().getLast();
    }

    private static Rehearsal rehearsal(String run, long start) {
        return new Rehearsal(new Rehearsal.Shape(
                run,
                3,
                start,
                1_000_000,
                1,
                50,
                LENGTH,
                4_000_000,
                1_000_000,
                -1,
                false,
                List.of(
                        "heap_after_gc slope < 1GB/h",
                        "p95 slope < 1s/h",
                        "time_to_trip < 2s",
                        "queue_drain < 10s",
                        "cpu min < 1% in warm-up on there",
                        "cpu max < 50% on here")));
    }

    /// Pipes everything at its time.
    ///
    /// @param late by how much the lifecycle of runs is read after what else there was; microseconds
    private void pipe(List<Rehearsal> runs, List<ResourceSample> samples, long late) {
        var steps = new ArrayList<Step>();
        for (var run : runs) {
            driver.createInputTopic(KAFKA.topic(Topic.OBJECTIVES), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(
                            bytes(run.objectives().run()),
                            frames.encode(Topic.OBJECTIVES, RunObjectives.class, run.objectives()));
            run.lifecycle()
                    .forEach(event -> steps.add(new Step(
                            Micros.of(event.at()) + (event.event() instanceof LifecycleEvent.RunStarted ? late : 0),
                            () -> pipe(
                                    Topic.LIFECYCLE,
                                    frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event),
                                    Micros.of(event.at())))));
            run.segments().stream()
                    .flatMap(List::stream)
                    .forEach(said -> steps.add(new Step(
                            said.at(),
                            () -> pipe(
                                    Topic.TIMINGS,
                                    frames.encode(Topic.TIMINGS, Timing.class, said.timing()),
                                    said.at()))));
        }
        samples.forEach(sample ->
                steps.add(new Step(Micros.of(sample.at()), () -> sample(sample, Micros.of(sample.at())))));
        steps.stream().sorted(Comparator.comparingLong(Step::at)).forEach(step -> step.action.run());
    }

    private void sample(ResourceSample sample, long timestamp) {
        pipe(Topic.RESOURCES, frames.encode(Topic.RESOURCES, ResourceSample.class, sample), timestamp);
    }

    private void pipe(Topic topic, byte[] value, long timestamp) {
        driver.createInputTopic(KAFKA.topic(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(bytes("key"), value, Instant.ofEpochMilli(timestamp / 1000));
    }

    private final List<WindowSummary> windows = new ArrayList<>();
    private final List<VerdictEvent> told = new ArrayList<>();

    /// Returns how what was told of `run` differs from its audit.
    private List<String> differences(Rehearsal run, List<ResourceSample> samples) {
        read();
        var id = run.objectives().run();
        return Comparison.differences(
                run,
                samples,
                windows.stream().filter(each -> each.run().equals(id)).toList(),
                told.stream().filter(each -> each.run().equals(id)).toList());
    }

    private void read() {
        windows.addAll(read(Topic.WINDOWS, WindowSummary.class));
        told.addAll(read(Topic.VERDICTS, VerdictEvent.class));
    }

    private <T> List<T> read(Topic topic, Class<T> type) {
        return driver
                .createOutputTopic(KAFKA.topic(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(value -> good(frames.decode(topic, type, value)))
                .toList();
    }

    private RunVerdict verdict(Rehearsal run) {
        read();
        return told.stream()
                .filter(event -> event.run().equals(run.objectives().run()))
                .flatMap(event -> event.verdict() instanceof RunVerdict verdict ? Stream.of(verdict) : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    private static <T> T good(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Good<T>(var value) -> value;
            case Decoded.Poison<T>(var reason) -> throw new AssertionError(reason);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
