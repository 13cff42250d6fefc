package io.ordeal.schemas.resources;

import java.time.Instant;
import java.util.Map;

/// What one process, or one host, used at one instant.
///
/// @param process Name of the process, or an empty string for the whole host.
/// @param values Readings by name: `cpu_cores`, `memory_bytes`, `heap_bytes`, `gc_seconds`, `open_files`,
/// `connections`, `disk_bytes`, `event_loop_lag_seconds`, and what a campaign names.
public record ResourceSample(String run, String host, String process, Instant at, Map<String, Double> values) {
    public ResourceSample {
        values = Map.copyOf(values);
    }
}
