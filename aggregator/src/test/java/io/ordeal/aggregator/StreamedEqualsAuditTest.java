package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.window.Run;
import io.ordeal.aggregator.window.Segment;
import io.ordeal.aggregator.window.SegmentReport;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class StreamedEqualsAuditTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final List<String> OBJECTIVES = List.of(
            "p95 < 100ms outside faults",
            "p99 of buy < 600ms",
            "mean < 200ms in steady",
            "max < 2s",
            "errors < 1%",
            "availability > 95%",
            "throughput > 50/s",
            "p95 < 100ms per window",
            "service p90 < 1s during f1",
            "errors < 5% after faults",
            "recovery < 3s",
            "cpu < 80%",
            "memory p95 < 96% during f1 on here",
            "heap_after_gc < 1GB per window",
            "heap_after_gc slope < 1GB/h",
            "queue_depth mean < 3 outside faults",
            "connections max > 5 after faults on api",
            "p95 slope < 1s/h",
            "errors slope < 1%/h outside faults",
            "throughput slope of buy > -1/s/h",
            "time_to_trip < 1s",
            "queue_drain < 2s",
            "queue_drain < 2s in warm-up",
            "tokens p50 > 20",
            "tokens p90 of buy < 70 outside faults",
            "tokens mean < 60 per window",
            "tokens min > 1 during faults",
            "p99 < 300ms tagged tier=gold",
            "warn p95 < 50ms",
            "warn recovery < 1ms",
            "p95 < 100ms with 50 requests",
            "errors < 1% as budget",
            "availability >= 99.9% as budget outside faults",
            "p95 < 100ms as budget in steady");

    /// Several runs at once. Segments overtake one another and change owners, events come out of order, late, twice or
    /// not at all, and every so often everything in memory is lost and read again.
    @Property(tries = 25)
    void whateverTheOrderAndTheRestarts(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int runs,
            @ForAll @IntRange(min = 1, max = 4) int segments,
            @ForAll boolean troubles) {
        var random = new Random(seed);
        var rehearsals = IntStream.range(0, runs)
                .mapToObj(run -> rehearsal("r" + run, random, segments, troubles))
                .toList();

        var samples = RehearsedSamples.of(START, 12_000_000, seed);

        var streamed = new Stream(rehearsals, samples, random).run();

        for (var rehearsal : rehearsals) {
            var run = rehearsal.objectives().run();
            var windows = streamed.windows.stream()
                    .filter(each -> each.run().equals(run))
                    .toList();
            var verdicts = streamed.verdicts.stream()
                    .filter(each -> each.run().equals(run))
                    .toList();
            assertThat(Comparison.differences(rehearsal, samples, windows, verdicts))
                    .isEmpty();
        }
    }

    private static Rehearsal rehearsal(String run, Random random, int segments, boolean troubles) {
        return new Rehearsal(new Rehearsal.Shape(
                run,
                random.nextLong(),
                START + random.nextInt(3_000_000),
                random.nextBoolean() ? 1_000_000 : 500_000,
                segments,
                20 + random.nextInt(60),
                8_000_000,
                random.nextBoolean() ? 3_000_000 : -1,
                1_500_000,
                troubles && random.nextBoolean() ? 5_000_000 : -1,
                troubles,
                OBJECTIVES));
    }

    @Test
    void aGoodRunPassesWithAFaultThatBreachedAndRecovered() {
        var rehearsal = new Rehearsal(new Rehearsal.Shape(
                "good",
                7,
                START,
                1_000_000,
                2,
                150,
                20_000_000,
                8_000_000,
                3_000_000,
                -1,
                false,
                List.of("p95 < 100ms outside faults", "errors < 5%", "recovery < 5s")));

        var streamed = new Stream(List.of(rehearsal), List.of(), new Random(1)).run();

        var run = (RunVerdict) streamed.verdicts.getLast().verdict();
        assertThat(run.reasons()).isEmpty();
        assertThat(run.verdict()).isEqualTo(Verdict.PASS);
        assertThat(run.ledger().closed()).isTrue();
        assertThat(run.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.confirmed()).isTrue();
            assertThat(fault.timeToBreach()).isPresent();
            assertThat(fault.timeToRecover())
                    .hasValueSatisfying(time -> assertThat(time).isLessThan(java.time.Duration.ofSeconds(2)));
        });
        assertThat(streamed.verdicts.stream().filter(each -> each.verdict() instanceof FaultVerdict))
                .hasSize(1);
    }

    /// The two stages without Kafka, with shelves that can be read again.
    private static final class Stream {
        private final Random random;
        private final List<ResourceSample> samples;
        private final MemoryShelf firstShelf = new MemoryShelf();
        private final MemoryShelf secondShelf = new MemoryShelf();
        private final Map<String, Rehearsal> rehearsals = new TreeMap<>();
        private final Map<String, Plan> plans = new TreeMap<>();
        private final Map<String, Segment> segments = new TreeMap<>();
        private final Map<String, Run> runs = new TreeMap<>();
        private final List<WindowSummary> windows = new ArrayList<>();
        private final List<VerdictEvent> verdicts = new ArrayList<>();

        Stream(List<Rehearsal> rehearsals, List<ResourceSample> samples, Random random) {
            this.samples = samples;
            this.random = random;
            for (var rehearsal : rehearsals) {
                var plan = new Plan(rehearsal.objectives());
                this.rehearsals.put(plan.source().run(), rehearsal);
                plans.put(plan.source().run(), plan);
            }
        }

        private record Arrival(long at, Runnable action) {}

        Stream run() {
            var arrivals = new ArrayList<Arrival>();
            rehearsals.forEach((run, rehearsal) -> {
                for (var said : rehearsal.segments()) {
                    long lag = random.nextInt(700_000);
                    said.forEach(each -> arrivals.add(new Arrival(each.at() + lag, () -> accept(each))));
                }
                for (LifecycleEvent event : rehearsal.lifecycle()) {
                    arrivals.add(
                            new Arrival(Micros.of(event.at()), () -> runOf(run).fact(event, 0)));
                }
                for (var sample : samples) {
                    long at = Micros.of(sample.at()) + random.nextInt(200_000);
                    arrivals.add(new Arrival(at, () -> runOf(run).sample(sample)));
                }
            });
            arrivals.sort(Comparator.comparingLong(Arrival::at));
            for (var arrival : arrivals) {
                arrival.action.run();
                if (random.nextInt(400) == 0) {
                    restart();
                }
            }
            return this;
        }

        private void accept(Rehearsal.Said said) {
            var timing = said.timing();
            var segment = segment(timing.run(), timing.segment());
            switch (timing.event()) {
                case RequestTiming request -> segment.request(timing.epoch(), request, 0);
                case SegmentTick tick -> segment.tick(timing.epoch(), tick, outlet(timing.run()), 0);
            }
        }

        private Segment segment(String run, int number) {
            return segments.computeIfAbsent(
                    run + "/" + number, _ -> new Segment(run, number, plan(run).window(), firstShelf, 0));
        }

        private Run runOf(String run) {
            return runs.computeIfAbsent(run, _ -> new Run(plan(run), secondShelf, results(), 0));
        }

        private Plan plan(String run) {
            return Optional.ofNullable(plans.get(run)).orElseThrow();
        }

        private void restart() {
            segments.clear();
            firstShelf.read().forEach((key, bytes) -> {
                var words = key.split("\u0000", -1);
                var segment = segment(words[0], Integer.parseInt(words[1]));
                if (words.length == 2) {
                    segment.read(new ByteReader(bytes));
                } else {
                    segment.readWindow(key, new ByteReader(bytes));
                }
            });
            runs.clear();
            secondShelf
                    .read()
                    .forEach((key, bytes) -> runOf(key.split("\u0000", -1)[0]).read(key, new ByteReader(bytes)));
        }

        private Segment.Outlet outlet(String id) {
            return new Segment.Outlet() {
                @Override
                public void window(int segment, long start, byte[] content) {
                    runOf(id).window(start, content, 0);
                }

                @Override
                public void report(SegmentReport report) {
                    runOf(id).report(report, 0);
                }
            };
        }

        private Run.Outlet results() {
            return new Run.Outlet() {
                @Override
                public void closed(RunWindow window, ClosedBy closedBy, long late) {}

                @Override
                public void window(WindowSummary summary) {
                    windows.add(summary);
                }

                @Override
                public void verdict(VerdictEvent verdict) {
                    verdicts.add(verdict);
                }
            };
        }
    }
}
