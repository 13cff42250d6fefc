package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/// The time of a run by phase and by the intervals that it lies in, and the requests dropped in it.
final class Spans {
    private final Map<Place, Span> spans = new HashMap<>();

    /// A phase, in windows that lie in the same intervals.
    private record Place(int phase, long intervals) {}

    /// Time in microseconds, and requests dropped in it.
    record Span(long time, long dropped) {
        private Span plus(Span other) {
            return new Span(time + other.time, dropped + other.dropped);
        }
    }

    /// Adds time of a phase.
    ///
    /// @param intervals a bit for each interval of the objectives that it lies in
    void add(int phase, long intervals, Span span) {
        if (span.time > 0 || span.dropped > 0) {
            spans.merge(new Place(phase, intervals), span, Span::plus);
        }
    }

    /// Returns the sum over phases and intervals.
    Span sum(IntPredicate phases, LongPredicate intervals) {
        return spans.entrySet().stream()
                .filter(entry -> phases.test(entry.getKey().phase) && intervals.test(entry.getKey().intervals))
                .map(Map.Entry::getValue)
                .reduce(new Span(0, 0), Span::plus);
    }

    void write(ByteWriter out) {
        out.number(spans.size());
        spans.forEach((place, span) -> out.number(place.phase)
                .number(place.intervals)
                .number(span.time)
                .number(span.dropped));
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            spans.put(new Place(in.integer(), in.number()), new Span(in.number(), in.number()));
        }
    }
}
