package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.audit.RunRecords;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.runtime.kafka.Decoded;
import io.ordeal.runtime.kafka.KafkaSettings;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.load.Timing;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.RequestInfo;
import io.ordeal.schemas.results.RunObjectives;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import io.ordeal.schemas.wire.Topic;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    private final ShiftedClock clock = new ShiftedClock();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // before each
    VerdictTopologyTest() {}

    @BeforeEach
    void start() {
        var settings = AggregatorSettings.usual();
        var metrics = Metrics.register(registry, clock);
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

    /// Passes the time as a process does that listens all the while.
    private void pass(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusMillis(250)) {
            driver.advanceWallClockTime(Duration.ofMillis(250));
        }
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

        assertThat(Comparison.differences(rehearsal, List.of(), windows(), verdicts()))
                .isEmpty();
    }

    @Test
    void dropsTheStateOfARunThatIsOverAndTellsItsVerdictOnce() {
        var rehearsal = rehearsal(1);
        pipe(rehearsal, Long.MAX_VALUE);
        verdicts();

        pipe(rehearsal, Long.MAX_VALUE);
        pass(Duration.ofMinutes(2));

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

        pass(Duration.ofSeconds(6));

        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.WAIT);
        pass(Duration.ofSeconds(61));
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

        pass(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(61));

        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.WAIT);
        assertThat(verdicts().getLast().verdict())
                .isInstanceOfSatisfying(
                        RunVerdict.class, run -> assertThat(run.reasons()).contains("Segment 1 of 2 never reported."));
    }

    /// One partition after the other is read, long after the run.
    @Test
    void takesNobodyForSilentWhileItReadsWhatWasWrittenLongAgo() {
        var rehearsal = rehearsal(2);
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        objectives(rehearsal);
        rehearsal.lifecycle().forEach(this::lifecycle);

        for (var segment : rehearsal.segments()) {
            for (int i = 0; i < segment.size(); i++) {
                timing(segment.get(i));
                if (i % 20 == 0) {
                    pass(Duration.ofMillis(500));
                }
            }
        }

        assertThat(windows()).isNotEmpty().allMatch(window -> window.closedBy() == ClosedBy.TICKS);
        assertThat(verdicts().getLast().verdict())
                .isInstanceOfSatisfying(
                        RunVerdict.class,
                        run -> assertThat(run.reasons())
                                .noneMatch(reason -> reason.contains("wait") || reason.contains("silent for")));
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
    void refusesMoreKindsOfRequestsThanARunMayHave() {
        var rehearsal = rehearsal(2);
        var said = rehearsal.segments().stream()
                .map(segment ->
                        segment.stream().map(VerdictTopologyTest::strange).toList())
                .toList();
        var plan = withRequests(rehearsal.objectives(), 3_000);
        input(Topic.OBJECTIVES).pipeInput(bytes("top"), frames.encode(Topic.OBJECTIVES, RunObjectives.class, plan));

        pipe(rehearsal.lifecycle(), said, Long.MAX_VALUE);

        var timings =
                said.stream().flatMap(List::stream).map(Rehearsal.Said::timing).toList();
        long refused = timings.stream()
                .filter(each -> each.event() instanceof RequestTiming request && request.request() >= 2_000)
                .count();
        var verdicts = verdicts();
        var records = new RunRecords(plan, timings, rehearsal.lifecycle(), List.of());
        assertThat(Comparison.differences(records, windows(), verdicts)).isEmpty();
        assertThat(verdicts.getLast().verdict()).isInstanceOfSatisfying(RunVerdict.class, run -> {
            assertThat(run.refused()).isEqualTo(refused).isPositive();
            assertThat(run.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(run.reasons()).anyMatch(reason -> reason.contains("more than is kept of a run"));
        });
        assertThat(output(Topic.DEAD_LETTER).isEmpty()).isTrue();
        assertThat(scrape()).contains("ordeal_refused_events_total " + (double) refused);
    }

    /// Every tenth request is of a kind beyond the bound.
    private static Rehearsal.Said strange(Rehearsal.Said said) {
        var timing = said.timing();
        return timing.event() instanceof RequestTiming request && request.sequence() % 10 == 0
                ? new Rehearsal.Said(
                        said.at(), new Timing(timing.run(), timing.segment(), timing.epoch(), ofKind(request, 2_500)))
                : said;
    }

    private static RequestTiming ofKind(RequestTiming request, int kind) {
        return new RequestTiming(
                request.sequence(),
                request.index(),
                request.phase(),
                kind,
                request.user(),
                request.attempt(),
                request.ended(),
                request.response(),
                request.delay(),
                request.blocked(),
                request.connect(),
                request.tls(),
                request.firstByte(),
                request.outcome(),
                request.status(),
                request.bytesOut(),
                request.bytesIn(),
                request.measures());
    }

    private static RunObjectives withRequests(RunObjectives plan, int requests) {
        return new RunObjectives(
                plan.run(),
                plan.campaign(),
                plan.window(),
                plan.segments(),
                plan.phases(),
                IntStream.range(0, requests)
                        .mapToObj(i -> new RequestInfo("s", "r" + i))
                        .toList(),
                plan.objectives(),
                plan.faults());
    }

    @Test
    void keepsNothingOfAHundredRunsThatAreOver() {
        play("warm-up");
        long before = heap();
        for (int run = 0; run < 100; run++) {
            play("run-" + run);
        }

        assertThat(heap() - before).as("bytes that are left of 100 runs").isLessThan(10L << 20);
        pass(Duration.ofMinutes(10));
        assertThat(keys(VerdictTopology.SEGMENTS)).isEmpty();
        assertThat(keys(VerdictTopology.RUNS)).hasSize(101).allMatch(key -> key.endsWith("\u0000h"));
        driver.advanceWallClockTime(Duration.ofDays(1));
        assertThat(keys(VerdictTopology.RUNS)).isEmpty();
    }

    private void play(String run) {
        var rehearsal = rehearsal(run, 1);
        pipe(rehearsal, Long.MAX_VALUE);
        driver.advanceWallClockTime(Duration.ofMinutes(2));
        clock.shift = clock.shift.plusMinutes(2);
        assertThat(verdicts()).isNotEmpty();
        assertThat(windows()).isNotEmpty();
        for (var internal : List.of("segments-changelog", "runs-changelog", "runs-repartition")) { // the driver's own
            var _ = driver.createOutputTopic(
                            "ordeal.aggregator-" + internal, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
        }
    }

    /// The clock of the metrics, which is not the driver's.
    private static final class ShiftedClock extends Clock {
        private Duration shift = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private List<String> keys(String store) {
        var keys = new ArrayList<String>();
        assertThat(driver.getAllStateStores().get(store))
                .isInstanceOfSatisfying(LiveStore.class, live -> live.load((key, _) -> keys.add(key)));
        return keys;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void saysEverySecondThatARunIsWatchedUntilItIsOver() {
        var rehearsal = rehearsal(1);
        pipe(rehearsal, START + 2_000_000);

        pass(Duration.ofSeconds(3));

        assertThat(beats.get("top")).hasSize(3);
        pipe(rehearsal, Long.MAX_VALUE);
        beats.clear();
        pass(Duration.ofSeconds(3));
        assertThat(beats).isEmpty();
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
        return rehearsal("top", segments);
    }

    private static Rehearsal rehearsal(String run, int segments) {
        return new Rehearsal(new Rehearsal.Shape(
                run,
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
                .pipeInput(
                        bytes(rehearsal.objectives().run()),
                        frames.encode(Topic.OBJECTIVES, RunObjectives.class, rehearsal.objectives()));
    }

    private record Step(long at, Runnable action) {}

    private void pipe(Rehearsal rehearsal, long until) {
        objectives(rehearsal);
        pipe(rehearsal.lifecycle(), rehearsal.segments(), until);
    }

    private void pipe(List<LifecycleEvent> lifecycle, List<List<Rehearsal.Said>> segments, long until) {
        var steps = new ArrayList<Step>();
        lifecycle.forEach(event -> steps.add(new Step(Micros.of(event.at()), () -> lifecycle(event))));
        segments.forEach(segment -> segment.forEach(said -> steps.add(new Step(said.at(), () -> timing(said)))));
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
