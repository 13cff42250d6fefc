package io.ordeal.schemas.resources;

import java.time.Instant;
import java.util.Map;

/// What one process, or one host, used at one instant.
///
/// @param process Name of the process, or an empty string for the whole host.
/// @param values Readings by name: `cpu`, `memory`, `cpu_cores`, `memory_bytes`, `memory_total_bytes`, `heap_bytes`,
/// `heap_after_gc`, `gc_seconds`, `threads`, `open_files`, `connections`, `disk_bytes`, `network_bytes`,
/// `event_loop_lag_seconds`, and what a target's configuration names; `NAME_limit` is the most that `NAME` can be.
/// `cpu`
/// and `memory` are parts of what there is, 0 to 1, `disk_bytes` and `network_bytes` bytes per second, `cpu_cores`
/// cores; rates are since the sample before.
public record ResourceSample(String run, String host, String process, Instant at, Map<String, Double> values) {
    public ResourceSample {
        values = Map.copyOf(values);
    }
}
