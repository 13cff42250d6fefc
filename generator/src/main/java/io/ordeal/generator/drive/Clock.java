package io.ordeal.generator.drive;

import java.time.Instant;

/// A clock that never goes back: nanoseconds since 1970, read once from the wall clock and advanced by the monotonic
/// one.
@FunctionalInterface
public interface Clock {
    /// Returns the present instant in nanoseconds since 1970.
    long nanos();

    /// Returns a clock that agrees with the wall clock now.
    static Clock started() {
        long offset = nanos(Instant.now()) - System.nanoTime();
        return () -> System.nanoTime() + offset;
    }

    /// Returns `instant` in nanoseconds since 1970.
    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
