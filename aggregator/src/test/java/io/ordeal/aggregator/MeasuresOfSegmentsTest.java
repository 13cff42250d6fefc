package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.window.Segment;
import io.ordeal.aggregator.window.SegmentReport;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.SegmentTick;
import io.ordeal.schemas.results.MeasureSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which custom measures are kept of a segment: sixteen names, the first that its records carry.
final class MeasuresOfSegmentsTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_700_000_000_000_000L;

    private final MemoryShelf shelf = new MemoryShelf();
    private final List<RunWindow> windows = new ArrayList<>();
    private Segment segment = segment();
    private long sequence;

    @Test
    void theFirstNamesStayAlsoAfterARestart() {
        end(0, named(0, 10));
        tick(1);
        end(0, Map.of("late", 1.0));
        end(1, Map.of("nothing", Double.NaN));
        restart();
        end(1, named(8, 15));
        end(1, Map.of("m16", 1.0, "m15", 2.0));
        restart();
        end(1, named(15, 17));
        tick(2);

        assertThat(names(0))
                .containsExactlyElementsOf(
                        named(0, 10).keySet().stream().sorted().toList());
        assertThat(names(1)).containsExactly("m08", "m09", "m10", "m11", "m12", "m13", "m14", "m15");
        assertThat(measures(1).getLast())
                .as("m15 came twice")
                .satisfies(last -> assertThat(last.count()).isEqualTo(2));
        assertThat(windows.getLast().count()).as("the requests count").isEqualTo(4);
    }

    private List<String> names(int window) {
        return measures(window).stream().map(MeasureSummary::name).toList();
    }

    private List<MeasureSummary> measures(int window) {
        return windows.get(window).sum(_ -> true, _ -> true).measures();
    }

    private static Map<String, Double> named(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toMap("m%02d"::formatted, Integer::doubleValue));
    }

    private void end(int second, Map<String, Double> measures) {
        segment.request(
                1,
                new RequestTiming(
                        sequence++,
                        0,
                        0,
                        0,
                        0,
                        0,
                        START + second * SECOND + 1,
                        1_000,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Outcome.OK,
                        200,
                        0,
                        0,
                        Optional.of(measures)),
                0);
    }

    private void tick(int second) {
        var tick = new SegmentTick(
                Micros.instant(START + second * SECOND),
                "g",
                0,
                0,
                sequence,
                0,
                sequence,
                sequence,
                sequence,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                false,
                List.of(),
                0,
                0,
                sequence);
        segment.tick(1, tick, outlet(), 0);
    }

    private Segment segment() {
        return new Segment("run", 0, SECOND, shelf, 0);
    }

    private void restart() {
        segment = segment();
        shelf.read().forEach((key, bytes) -> {
            if (key.split("\u0000", -1).length == 2) {
                segment.read(new ByteReader(bytes));
            } else {
                segment.readWindow(key, new ByteReader(bytes));
            }
        });
    }

    private Segment.Outlet outlet() {
        return new Segment.Outlet() {
            @Override
            public void window(int number, long start, byte[] content) {
                var window = new RunWindow(start, start + SECOND);
                window.addFrom(new ByteReader(content));
                if (window.count() > 0) {
                    windows.add(window);
                }
            }

            @Override
            public void report(SegmentReport report) {}
        };
    }
}
