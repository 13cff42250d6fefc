package io.ordeal.schemas.results;

/// What the generators said of themselves over the run; microseconds.
public record GeneratorSummary(
        int instances,
        long startDelayP50,
        long startDelayP99,
        long startDelayMax,
        long eventLoopLagP99,
        long eventLoopLagMax,
        long saturatedWindows) {}
