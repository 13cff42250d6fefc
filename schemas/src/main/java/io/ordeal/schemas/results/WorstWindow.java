package io.ordeal.schemas.results;

import java.time.Instant;

/// A window in which an objective did not hold.
public record WorstWindow(Instant start, double observed) {}
