package io.ordeal.generator.schedule;

/// Arrivals that are all due in the first instant.
///
/// @param count how many
public record AtOnce(long count) implements Arrivals {
    @Override
    public long instant(long n) {
        return n < count ? 0 : NEVER;
    }

    @Override
    public double rate(long offset) {
        return 0;
    }

    @Override
    public long before(long offset) {
        return offset > 0 ? count : 0;
    }
}
