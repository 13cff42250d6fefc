package io.ordeal.schemas.results;

/// How many requests ended in which way.
public record OutcomeCounts(
        long ok, long invalid, long httpError, long timeout, long connectError, long reset, long aborted) {}
