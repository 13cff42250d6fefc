package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
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
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerdictTopologyTest {
    private static final KafkaSettings KAFKA = KafkaSettings.plain("127.0.0.1:1", "http://127.0.0.1:1");
    private static final long START = 1_700_000_000_000_000L;

    private final FixedFrames frames = new FixedFrames();
    private final Map<String, List<Instant>> beats = new TreeMap<>();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // before each
    VerdictTopologyTest() {}

    @BeforeEach
    void start() {
        var settings = AggregatorSettings.usual();
        var metrics = Metrics.register(registry, Clock.systemUTC());
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
        driver = new TopologyTestDriver(
                new VerdictTopology(KAFKA, quick, frames, metrics, this::beat).build(),
                properties,
                Instant.ofEpochMilli(START / 1000));
    }

    private void beat(String run, Instant at) {
        beats.computeIfAbsent(run, _ -> new ArrayList<>()).add(at);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void tellsWindowsAndVerdictsAsARecomputationWould() {
        var rehearsal = rehearsal(2);

        pipe(rehearsal, Long.MAX_VALUE);

        var expected = Oracle.of(rehearsal);
        assertThat(Comparison.windows(windows())).isEqualTo(Comparison.windows(expected.windows()));
        assertThat(Comparison.verdicts(verdicts())).isEqualTo(Comparison.verdicts(expected.verdicts()));
    }

    @Test
    void dropsTheStateOfARunThatIsOverAndTellsItsVerdictOnce() {
        var rehearsal = rehearsal(1);
        pipe(rehearsal, Long.MAX_VALUE);
        verdicts();

        pipe(rehearsal, Long.MAX_VALUE);
        driver.advanceWallClockTime(Duration.ofMinutes(2));

        assertThat(verdicts()).isEmpty();
        assertThat(driver.getAllStateStores().get(VerdictTopology.RUNS))
                .isInstanceOfSatisfying(
                        LiveStore.class,
                        store -> store.load((key, _) -> assertThat(key).isEqualTo("top\u0000h")));
    }

    @Test
    void closesWindowsByAWaitWhenASegmentFallsSilent() {
        var rehearsal = rehearsal(2);
        pipe(rehearsal, START + 3_100_000);
        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.TICKS);

        driver.advanceWallClockTime(Duration.ofSeconds(6));

        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.WAIT);
        driver.advanceWallClockTime(Duration.ofSeconds(61));
        assertThat(verdicts().getLast().verdict()).isInstanceOfSatisfying(RunVerdict.class, run -> {
            assertThat(run.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(run.reasons().getFirst()).contains("The runner was gone");
            assertThat(run.reasons()).anyMatch(reason -> reason.contains("fell silent"));
        });
    }

    @Test
    void saysWhichSegmentsNeverCame() {
        var rehearsal = rehearsal(2);
        objectives(rehearsal);
        lifecycle(rehearsal.lifecycle().getFirst());
        rehearsal.segments().getFirst().stream().limit(400).forEach(this::timing);
        assertThat(windows()).isEmpty();

        driver.advanceWallClockTime(Duration.ofSeconds(5));
        driver.advanceWallClockTime(Duration.ofSeconds(61));

        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.WAIT);
        assertThat(verdicts().getLast().verdict())
                .isInstanceOfSatisfying(
                        RunVerdict.class, run -> assertThat(run.reasons()).contains("Segment 1 of 2 never reported."));
    }

    @Test
    void setsPoisonAsideAndGoesOn() {
        var rehearsal = rehearsal(1);
        var input = input(Topic.TIMINGS);
        input.pipeInput(bytes("k"), bytes("not Avro"), Instant.ofEpochMilli(START / 1000));
        objectives(rehearsal);
        var first = rehearsal.timings().getFirst();
        var stranger = new Timing("nobody", 0, 1, first.event());
        input.pipeInput(
                bytes("k"), frames.encode(Topic.TIMINGS, Timing.class, stranger), Instant.ofEpochMilli(START / 1000));
        var request = rehearsal.timings().stream()
                .filter(each -> each.event() instanceof RequestTiming)
                .findFirst()
                .orElseThrow();
        input.pipeInput(bytes("k"), frames.encode(Topic.TIMINGS, Timing.class, request), Instant.EPOCH);

        pipe(rehearsal, Long.MAX_VALUE);

        var letters = output(Topic.DEAD_LETTER).readRecordsToList();
        assertThat(letters).hasSize(3);
        assertThat(letters.getFirst().getValue()).isEqualTo(bytes("not Avro"));
        assertThat(letters)
                .extracting(letter -> new String(
                        letter.getHeaders().lastHeader("ordeal.reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("frame"),
                        reason -> assertThat(reason).contains("no objectives were published for run `nobody`"),
                        reason -> assertThat(reason).contains("far from the record's time"));
        assertThat(verdicts().getLast().verdict()).isInstanceOf(RunVerdict.class);
        assertThat(scrape()).contains("ordeal_deadletters_total 3.0");
    }

    @Test
    void showsCumulativeHistogramsWithABucketAtEachLimit() {
        var rehearsal = rehearsal(2);

        pipe(rehearsal, Long.MAX_VALUE);

        var ended = rehearsal.timings().stream()
                .filter(each -> each.event() instanceof RequestTiming)
                .count();
        var page = scrape();
        assertThat(page)
                .contains("ordeal_response_seconds_bucket{phase=\"steady\",request=\"order\",run=\"top\","
                        + "scenario=\"buy\",le=\"0.123\"}");
        assertThat(page).contains("ordeal_ledger_requests_total{run=\"top\",stage=\"aggregated\"} " + (double) ended);
        assertThat(page).contains("ordeal_verdict{objective=\"o0\",run=\"top\"} 0.0");
        assertThat(page).contains("ordeal_fault_active{fault=\"f1\",kind=\"latency\",run=\"top\",target=\"api\"} 0.0");
        assertThat(page).contains("ordeal_windows_closed_total{reason=\"wait\",run=\"top\"} 0.0");
    }

    private String scrape() {
        try (var out = new ByteArrayOutputStream()) {
            PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
            return out.toString(StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Rehearsal rehearsal(int segments) {
        return new Rehearsal(new Rehearsal.Shape(
                "top",
                3,
                START,
                1_000_000,
                segments,
                100,
                10_000_000,
                4_000_000,
                1_000_000,
                -1,
                false,
                List.of("p95 < 123ms outside faults", "errors < 5%", "recovery < 3s")));
    }

    private void objectives(Rehearsal rehearsal) {
        input(Topic.OBJECTIVES)
                .pipeInput(bytes("top"), frames.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives()));
    }

    private record Step(long at, Runnable action) {}

    private void pipe(Rehearsal rehearsal, long until) {
        objectives(rehearsal);
        var steps = new java.util.ArrayList<Step>();
        rehearsal.lifecycle().forEach(event -> steps.add(new Step(Micros.of(event.at()), () -> lifecycle(event))));
        rehearsal
                .segments()
                .forEach(segment -> segment.forEach(said -> steps.add(new Step(said.at(), () -> timing(said)))));
        steps.stream()
                .filter(step -> step.at < until)
                .sorted(Comparator.comparingLong(Step::at))
                .forEach(step -> step.action.run());
    }

    private void lifecycle(LifecycleEvent event) {
        input(Topic.LIFECYCLE)
                .pipeInput(bytes("top"), frames.encode(Topic.LIFECYCLE, LifecycleEvent.class, event), event.at());
    }

    private void timing(Rehearsal.Said said) {
        input(Topic.TIMINGS)
                .pipeInput(
                        bytes("top"),
                        frames.encode(Topic.TIMINGS, Timing.class, said.timing()),
                        said.timing().event() instanceof SegmentTick tick
                                ? tick.at()
                                : Instant.ofEpochMilli(said.at() / 1000));
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(KAFKA.topic(topic), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(Topic topic) {
        return driver.createOutputTopic(KAFKA.topic(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<WindowSummary> windows() {
        return output(Topic.WINDOWS).readValuesToList().stream()
                .map(value -> good(frames.decode(Topic.WINDOWS, WindowSummary.class, value)))
                .toList();
    }

    private List<VerdictEvent> verdicts() {
        return output(Topic.VERDICTS).readValuesToList().stream()
                .map(value -> good(frames.decode(Topic.VERDICTS, VerdictEvent.class, value)))
                .toList();
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
