package io.ordeal.schemas.resources;

import java.time.Instant;
import java.util.Map;

/// What one process, or one host, used at one instant.
///
/// @param process Name of the process, or an empty string for the whole host.
/// @param values Readings by name: `cpu_cores`, `memory_bytes`, `memory_total_bytes`, `heap_bytes`, `gc_seconds`,
/// `threads`, `open_files`, `connections`, `disk_bytes`, `network_bytes`, `event_loop_lag_seconds`, and what a target's
/// configuration names. `disk_bytes` and `network_bytes` are bytes per second, `cpu_cores` cores, each since the sample
/// before.
public record ResourceSample(String run, String host, String process, Instant at, Map<String, Double> values) {
    public ResourceSample {
        values = Map.copyOf(values);
    }
}
