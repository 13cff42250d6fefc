package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Rules;
import java.util.HashSet;
import java.util.Set;

/// The custom measures that are kept of one segment: the first so many that its records carry.
final class MeasureNames {
    private final Set<String> names = new HashSet<>();

    /// Whether the measure is kept; a new one is while there is room.
    boolean admit(String name) {
        return names.contains(name) || (names.size() < Rules.MEASURES && names.add(name));
    }

    void write(ByteWriter out) {
        out.number(names.size());
        names.forEach(out::text);
    }

    void read(ByteReader in) {
        for (int left = in.integer(); left > 0; left--) {
            names.add(in.text());
        }
    }
}
