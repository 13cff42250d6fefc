package io.ordeal.aggregator.query;

import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.query.Columns.Fold;
import io.ordeal.aggregator.query.Columns.Full;
import io.ordeal.schemas.resources.ResourceSample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What hosts and processes used: by the second for the last hour, every ten seconds for the last day. Hosts belong to
/// no run; a run asks for the time that it took. Not thread-safe.
public final class Usage {
    private static final int MOST_READINGS = 240;
    private static final long FINE = 1_000_000;
    private static final int FINE_ROWS = 3_600;
    private static final long COARSE = 10_000_000;
    private static final int COARSE_ROWS = 8_640;

    private record Name(String source, String reading) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byReading = reading.compareTo(other.reading);
            return byReading == 0 ? source.compareTo(other.source) : byReading;
        }
    }

    private record Kept(Columns fine, Columns coarse) {
        private Columns since(long start) {
            boolean allFine = fine.time(0) < coarse.time(0) + COARSE;
            return allFine || fine.time(0) <= start ? fine : coarse;
        }
    }

    /// One reading of one source.
    ///
    /// @param source `host/process`, with nothing after the slash for the whole host
    /// @param columns one column, the reading
    public record Reading(String source, String reading, Columns columns) {}

    private final Map<Name, Kept> kept = new TreeMap<>();
    private long refused;

    void add(ResourceSample sample) {
        var source = sample.host() + "/" + sample.process();
        long at = Micros.of(sample.at());
        sample.values().forEach((reading, value) -> {
            var name = new Name(source, reading);
            if (!kept.containsKey(name) && kept.size() == MOST_READINGS) {
                refused++;
            } else {
                var columns = kept.computeIfAbsent(
                        name,
                        _ -> new Kept(
                                new Columns(FINE, FINE_ROWS, Full.FORGET, Fold.LAST),
                                new Columns(COARSE, COARSE_ROWS, Full.FORGET, Fold.LAST)));
                columns.fine.put(at, value.floatValue());
                columns.coarse.put(at, value.floatValue());
            }
        });
    }

    /// Returns the readings there are from `start` to `end`, microseconds since the epoch, in the finest steps that
    /// reach back so far.
    public List<Reading> between(long start, long end) {
        return kept.entrySet().stream()
                .map(entry -> new Reading(
                        entry.getKey().source,
                        entry.getKey().reading,
                        entry.getValue().since(start)))
                .filter(reading -> {
                    int first = reading.columns.from(start);
                    return first < reading.columns.rows() && reading.columns.time(first) <= end;
                })
                .toList();
    }

    /// Returns how many values of further readings were not kept.
    public long refused() {
        return refused;
    }
}
