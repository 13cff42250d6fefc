package io.ordeal.schemas.results;

/// What requests measured themselves, under one name. Values are kept to four significant digits, rounded up, and all
/// of these follow from them.
public record MeasureSummary(
        String name, long count, double mean, double min, double max, double p50, double p90, double p95, double p99) {}
