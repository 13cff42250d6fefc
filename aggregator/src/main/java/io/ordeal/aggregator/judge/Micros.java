package io.ordeal.aggregator.judge;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instants and durations as whole microseconds.
public final class Micros {
    private Micros() {}

    /// Returns microseconds since the epoch.
    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// Returns the length in microseconds.
    public static long of(Duration duration) {
        return duration.toNanos() / 1000;
    }

    /// Returns the instant of microseconds since the epoch.
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// Returns the duration of so many microseconds.
    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
