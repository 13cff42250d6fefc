package io.ordeal.schemas.resources;

import java.util.Set;

/// Names of readings that mean the same everywhere.
public final class Readings {
    /// The part of its limit that a reading `NAME` is at: its limit is the reading `NAME_limit` of the same source.
    public static final String LIMIT = "_limit";

    /// Those that an injector reads by itself, and those that a target's metrics are to be given under.
    public static final Set<String> STANDARD = Set.of(
            "cpu",
            "cpu_cores",
            "memory",
            "memory_bytes",
            "memory_total_bytes",
            "heap_bytes",
            "heap_after_gc",
            "gc_seconds",
            "threads",
            "open_files",
            "connections",
            "disk_bytes",
            "network_bytes",
            "event_loop_lag_seconds",
            "queue_depth",
            "circuit_open",
            "database_connections",
            "cache_hits",
            "gpu",
            "gpu_memory");

    private Readings() {}
}
