package io.ordeal.runtime.kafka;

import java.time.Instant;

/// A record as it was read.
///
/// @param key its key, or an empty string
/// @param timestamp the time that the record carries
/// @param <T> the record type
public record Received<T>(String key, Instant timestamp, int partition, long offset, T value) {}
