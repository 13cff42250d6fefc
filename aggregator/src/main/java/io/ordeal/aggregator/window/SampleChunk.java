package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.FourDigits;
import io.ordeal.aggregator.resources.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Some samples of one source in a row: as they came while there is room for more, packed when it is full.
///
/// Packed, each reading stands by itself, as differences from sample to sample: one byte or two where it hardly
/// changes.
final class SampleChunk extends Part {
    /// One bit each of a number says which samples have a reading.
    static final int SIZE = Long.SIZE;

    /// What samples are apart from one another, usually.
    private static final long PERIOD = 1_000_000;

    private final List<Row> rows = new ArrayList<>();
    private byte @Nullable [] packed;

    /// One sample: codes of numbers, each with the place of its reading among those of the source, rising.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(long at, int[] readings, long[] codes) {}

    SampleChunk(String run, int source, int number) {
        super(Keys.of(run, Run.SAMPLES, source, number));
    }

    /// Whether there is no room for more.
    boolean full() {
        return packed != null;
    }

    void add(Row row) {
        rows.add(row);
        if (rows.size() == SIZE) {
            packed = pack();
            rows.clear();
        }
    }

    /// Returns the instant of its last sample.
    long last() {
        if (!rows.isEmpty()) {
            return rows.getLast().at;
        }
        var times = times(new ByteReader(content()));
        return times[times.length - 1];
    }

    /// Adds the samples of the reading in that place to `collector`.
    void collect(int reading, Samples.Collector collector) {
        var in = new ByteReader(content());
        var times = times(in);
        while (!in.atEnd()) {
            int found = in.integer();
            var column = in.bytes();
            if (found == reading) {
                codes(
                        new ByteReader(column),
                        times.length,
                        (i, code) -> collector.add(times[i], FourDigits.value(Math.toIntExact(code))));
                return;
            }
        }
    }

    private interface Visitor {
        void code(int sample, long code);
    }

    private static void codes(ByteReader column, int size, Visitor visitor) {
        long has = column.number();
        long code = 0;
        for (int i = 0; i < size; i++) {
            if ((has & 1L << i) != 0) {
                code += column.number();
                visitor.code(i, code);
            }
        }
    }

    private byte[] content() {
        return packed == null ? pack() : packed;
    }

    private byte[] pack() {
        var out = new ByteWriter();
        out.number(rows.size());
        long before = -PERIOD;
        for (var row : rows) {
            out.number(row.at - before - PERIOD);
            before = row.at;
        }
        var readings = new TreeSet<Integer>();
        for (var row : rows) {
            for (int reading : row.readings) {
                readings.add(reading);
            }
        }
        readings.forEach(reading -> out.number(reading).bytes(column(reading)));
        return out.toBytes();
    }

    private byte[] column(int reading) {
        long has = 0;
        var places = new int[rows.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Arrays.binarySearch(rows.get(i).readings, reading);
            has |= places[i] < 0 ? 0 : 1L << i;
        }
        var out = new ByteWriter().number(has);
        long before = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                long code = rows.get(i).codes[places[i]];
                out.number(code - before);
                before = code;
            }
        }
        return out.toBytes();
    }

    private static long[] times(ByteReader in) {
        var times = new long[in.integer()];
        long before = -PERIOD;
        for (int i = 0; i < times.length; i++) {
            times[i] = before + in.number() + PERIOD;
            before = times[i];
        }
        return times;
    }

    @Override
    public void write(ByteWriter out) {
        out.bytes(content());
    }

    void read(ByteReader in) {
        var bytes = in.bytes();
        if (new ByteReader(bytes).integer() == SIZE) {
            packed = bytes;
        } else {
            unpack(bytes);
        }
    }

    private void unpack(byte[] bytes) {
        var in = new ByteReader(bytes);
        var times = times(in);
        var samples = new ArrayList<TreeMap<Integer, Long>>();
        Arrays.stream(times).forEach(_ -> samples.add(new TreeMap<>()));
        while (!in.atEnd()) {
            int reading = in.integer();
            codes(
                    new ByteReader(in.bytes()),
                    times.length,
                    (i, code) -> samples.get(i).put(reading, code));
        }
        for (int i = 0; i < times.length; i++) {
            rows.add(new Row(
                    times[i],
                    samples.get(i).keySet().stream().mapToInt(Integer::intValue).toArray(),
                    samples.get(i).values().stream().mapToLong(Long::longValue).toArray()));
        }
    }
}
