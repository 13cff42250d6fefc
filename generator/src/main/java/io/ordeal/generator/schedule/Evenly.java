package io.ordeal.generator.schedule;

/// A number of arrivals at equal distances: arrival n is due at n / count of the time, computed in whole numbers, so
/// that there are exactly as many as were asked for.
///
/// @param count at least 1, at most [#MOST]
/// @param duration nanoseconds
public record Evenly(long count, long duration) implements Arrivals.Paced {
    /// The greatest count: its square still is a whole number of 64 bits.
    public static final long MOST = 1_000_000_000L;

    @Override
    public long instant(long n) {
        if (n >= count) {
            return NEVER;
        }
        return n * (duration / count) + Math.ceilDiv(n * (duration % count), count);
    }

    @Override
    public long reached(double number) {
        return number >= count ? NEVER : (long) Math.ceil(number / count * duration);
    }

    @Override
    public double integral(long offset) {
        return (double) count * offset / duration;
    }

    @Override
    public double rate(long offset) {
        return count * SECOND / duration;
    }
}
