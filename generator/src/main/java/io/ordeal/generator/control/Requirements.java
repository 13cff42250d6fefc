package io.ordeal.generator.control;

import java.util.ArrayList;
import java.util.List;

/// Collects what does not hold. Not thread-safe.
final class Requirements {
    private final String at;
    private final List<String> unmet = new ArrayList<>();

    /// @param at what stands before each problem
    Requirements(String at) {
        this.at = at;
    }

    /// Notes `problem` unless it `holds`.
    void that(boolean holds, String problem) {
        if (!holds) {
            unmet.add(at + problem);
        }
    }

    List<String> unmet() {
        return List.copyOf(unmet);
    }
}
