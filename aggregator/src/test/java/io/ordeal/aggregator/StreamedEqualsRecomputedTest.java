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
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class StreamedEqualsRecomputedTest {
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

    /// Segments overtake one another, owners change, events come twice or go missing, and every so often everything
    /// in
    /// memory is lost and read again.
    @Property(tries = 25)
    void whateverTheOrderAndTheRestarts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int segments, @ForAll boolean troubles) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(new Rehearsal.Shape(
                "r" + Math.abs(seed % 1000),
                seed,
                START + random.nextInt(1_000_000),
                random.nextBoolean() ? 1_000_000 : 500_000,
                segments,
                20 + random.nextInt(60),
                8_000_000,
                random.nextBoolean() ? 3_000_000 : -1,
                1_500_000,
                troubles && random.nextBoolean() ? 5_000_000 : -1,
                troubles,
                OBJECTIVES));

        var streamed = new Stream(rehearsal, random).run();

        assertThat(Comparison.differences(rehearsal, rehearsal.timings(), streamed.windows, streamed.verdicts))
                .isEmpty();
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

        var streamed = new Stream(rehearsal, new Random(1)).run();

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

    /// The two stages without Kafka, with a shelf that can be read again.
    private static final class Stream {
        private final Rehearsal rehearsal;
        private final Random random;
        private final Plan plan;
        private final MemoryShelf firstShelf = new MemoryShelf();
        private final MemoryShelf secondShelf = new MemoryShelf();
        private final TreeMap<Integer, Segment> segments = new TreeMap<>();
        private final List<WindowSummary> windows = new ArrayList<>();
        private final List<VerdictEvent> verdicts = new ArrayList<>();
        private Run run;

        Stream(Rehearsal rehearsal, Random random) {
            this.rehearsal = rehearsal;
            this.random = random;
            this.plan = new Plan(rehearsal.objectives());
            this.run = new Run(plan, secondShelf, results(), 0);
        }

        private record Arrival(long at, Runnable action) {}

        Stream run() {
            var arrivals = new ArrayList<Arrival>();
            for (var said : rehearsal.segments()) {
                long lag = random.nextInt(700_000);
                said.forEach(each -> arrivals.add(new Arrival(each.at() + lag, () -> accept(each))));
            }
            for (LifecycleEvent event : rehearsal.lifecycle()) {
                long at = Micros.of(event.at());
                arrivals.add(new Arrival(at, () -> run.fact(event, 0)));
            }
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
            var segment = segments.computeIfAbsent(timing.segment(), this::segment);
            switch (timing.event()) {
                case RequestTiming request -> segment.request(timing.epoch(), request, 0);
                case SegmentTick tick -> segment.tick(timing.epoch(), tick, outlet(), 0);
            }
        }

        private Segment segment(int number) {
            return new Segment(plan.source().run(), number, plan.window(), firstShelf, 0);
        }

        private void restart() {
            segments.clear();
            firstShelf.read().forEach((key, bytes) -> {
                var words = key.split("\u0000", -1);
                var segment = segments.computeIfAbsent(Integer.parseInt(words[1]), this::segment);
                if (words.length == 2) {
                    segment.read(new ByteReader(bytes));
                } else {
                    segment.readWindow(key, new ByteReader(bytes));
                }
            });
            run = new Run(plan, secondShelf, results(), 0);
            secondShelf.read().forEach((key, bytes) -> run.read(key, new ByteReader(bytes)));
        }

        private Segment.Outlet outlet() {
            return new Segment.Outlet() {
                @Override
                public void window(int segment, long start, byte[] content) {
                    run.window(start, content, 0);
                }

                @Override
                public void report(SegmentReport report) {
                    run.report(report, 0);
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
