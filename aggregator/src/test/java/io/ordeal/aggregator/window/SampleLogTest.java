package io.ordeal.aggregator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.resources.Gauge;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleLogTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final Gauge CPU = new Gauge("h", "", "cpu");

    private final Memory memory = new Memory();
    private SampleLog log = new SampleLog("run", memory);

    @Test
    void keepsWhatCameThroughRestarts() {
        var random = new SplittableRandom(1);
        var expected = new TreeMap<Long, Double>();
        for (int i = 0; i < 500; i++) {
            long at = START + i * 1_000_000L + random.nextInt(5_000);
            double value = random.nextInt(1, 10_000) / 100.0;
            expected.put(at, value);
            log.add(sample("h", "", at, i % 3 == 0 ? Map.of("cpu", value) : Map.of("cpu", value, "memory", 1.0 * i)));
            if (random.nextInt(20) == 0) {
                restart();
            }
        }
        var recording = log.recording(START, Long.MAX_VALUE - 1);

        assertThat(recording.gauges()).containsExactly(CPU, new Gauge("h", "", "memory"));
        assertThat(recording.samples(CPU).times())
                .containsExactly(
                        expected.keySet().stream().mapToLong(Long::longValue).toArray());
        assertThat(recording.samples(CPU).values())
                .containsExactly(expected.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        assertThat(recording.samples(new Gauge("h", "", "memory")).size()).isEqualTo(333);
        assertThat(log.recording(START + 100_000_000, START + 200_999_999)
                        .samples(CPU)
                        .size())
                .isEqualTo(101);
    }

    @Test
    void passesOverWhatIsNotLaterThanTheSampleBeforeAndWhatIsNoNumber() {
        log.add(sample("h", "", START, Map.of("cpu", 0.5)));
        log.add(sample("h", "", START, Map.of("cpu", 0.6)));
        log.add(sample("h", "", START - 1, Map.of("cpu", 0.7)));
        log.add(sample("h", "api", START - 1, Map.of("cpu", 0.8)));
        log.add(sample("h", "", START + 1, Map.of("cpu", Double.NaN, "memory", Double.POSITIVE_INFINITY)));
        restart();
        log.add(sample("h", "", START, Map.of("cpu", 0.9)));

        var recording = log.recording(START - 10, START + 10);
        assertThat(recording.samples(CPU).values()).containsExactly(0.5);
        assertThat(recording.gauges()).containsExactly(CPU, new Gauge("h", "api", "cpu"));
    }

    @Test
    void refusesAndCountsMoreSeriesThanItKeeps() {
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < 300; i++) {
                var values = Map.of("cpu", 0.5, "memory", 0.5);
                log.add(sample("h" + i, "", START + second * 1_000_000L, values));
            }
            restart();
        }

        assertThat(log.recording(START, START + 60_000_000).gauges()).hasSize(SampleLog.MOST);
        assertThat(log.refused(START + 29_000_000)).isEqualTo(30 * 88);
        assertThat(log.refused(START + 25_000_000)).isEqualTo(26 * 88);
    }

    @Test
    void leavesNothingBehind() {
        log.add(sample("h", "", START, Map.of("cpu", 0.5)));
        restart();
        log.add(sample("h", "", START + 1, Map.of("cpu", 0.5)));
        log.drop();
        assertThat(memory.written()).isEmpty();
    }

    /// What one source with ten readings takes in twelve hours: two bytes a reading, and the instants.
    @Test
    void twelveHoursAreSmall() {
        var random = new SplittableRandom(2);
        for (int second = 0; second < 12 * 3600; second++) {
            var values = new HashMap<String, Double>();
            for (int i = 0; i < 10; i++) {
                values.put("r" + i, 1e6 * (1 + i) + random.nextInt(20_000) * 100.0);
            }
            log.add(sample("h", "api", START + second * 1_000_000L + random.nextInt(2_000), values));
        }

        long bytes = memory.written().values().stream()
                .mapToLong(each -> each.length)
                .sum();
        System.out.printf("12 h of 10 readings: %,d bytes, %.2f a reading%n", bytes, bytes / 432_000.0);
        assertThat(bytes).isLessThan(432_000 * 3);
    }

    private void restart() {
        var written = memory.written();
        log = new SampleLog("run", memory);
        written.forEach((key, bytes) -> {
            var words = Keys.words(key);
            switch (words[1]) {
                case Run.GAUGES -> log.read(new ByteReader(bytes));
                default -> log.readChunk(Integer.parseInt(words[2]), Integer.parseInt(words[3]), new ByteReader(bytes));
            }
        });
    }

    private static ResourceSample sample(String host, String process, long at, Map<String, Double> values) {
        return new ResourceSample("", host, process, Micros.instant(at), values);
    }

    private static final class Memory implements Shelf {
        private final TreeMap<String, Part> changed = new TreeMap<>();
        private final TreeMap<String, byte[]> kept = new TreeMap<>();

        @Override
        public void changed(Part part) {
            changed.put(part.key(), part);
        }

        @Override
        public void dropped(Part part) {
            changed.remove(part.key());
            kept.remove(part.key());
        }

        Map<String, byte[]> written() {
            changed.forEach((key, part) -> {
                var out = new ByteWriter();
                part.write(out);
                kept.put(key, out.toBytes());
            });
            changed.clear();
            return kept;
        }
    }
}
