package io.ordeal.schemas.results;

/// Microseconds. Mean and maximum are exact; percentiles carry at most 0.1 % error, upwards.
public record Latency(double mean, long p50, long p90, long p95, long p99, long p999, long max) {}
