package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.resources.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What was sampled of one host or process.
final class SampleSource {
    private final String run;
    private final int number;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<SampleChunk> chunks = new ArrayList<>();
    private long newest = Long.MIN_VALUE;

    SampleSource(String run, int number) {
        this.run = run;
        this.number = number;
    }

    /// Returns when its last sample was taken, microseconds since the epoch.
    long newest() {
        return newest;
    }

    /// Returns the names of its readings.
    Set<String> readings() {
        return places.keySet();
    }

    /// Returns the place of a reading among its own.
    Optional<Integer> place(String reading) {
        return Optional.ofNullable(places.get(reading));
    }

    /// Gives a new reading the next place.
    int enter(String reading) {
        int place = places.size();
        places.put(reading, place);
        return place;
    }

    /// Adds a sample; returns the chunk that has it.
    ///
    /// @param codes of its readings, by their places
    SampleChunk append(long at, SortedMap<Integer, Long> codes) {
        if (chunks.isEmpty() || chunks.getLast().full()) {
            chunks.add(new SampleChunk(run, number, chunks.size()));
        }
        var chunk = chunks.getLast();
        chunk.add(new SampleChunk.Row(
                at,
                codes.keySet().stream().mapToInt(Integer::intValue).toArray(),
                codes.values().stream().mapToLong(Long::longValue).toArray()));
        newest = at;
        return chunk;
    }

    /// Returns what a reading of its own showed.
    Samples samples(String reading) {
        var collector = new Samples.Collector();
        place(reading).ifPresent(place -> chunks.forEach(chunk -> chunk.collect(place, collector)));
        return collector.samples();
    }

    List<SampleChunk> chunks() {
        return chunks;
    }

    void write(ByteWriter out) {
        out.number(places.size());
        places.keySet().forEach(out::text);
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            enter(in.text());
        }
    }

    void readChunk(int place, ByteReader in) {
        while (chunks.size() <= place) {
            chunks.add(new SampleChunk(run, number, chunks.size()));
        }
        var chunk = chunks.get(place);
        chunk.read(in);
        newest = Math.max(newest, chunk.last());
    }
}
