package io.ordeal.generator.schedule;

/// When the iterations of an open model are due, in nanoseconds from the start of their phase.
///
/// Arrival n is due at the first nanosecond at which the integral of the rate has reached n, so arrival 0 is due at
/// once. Each instant follows from its index alone: nothing adds up, nothing drifts.
public sealed interface Arrivals {
    /// Stands for an instant that never comes.
    long NEVER = Long.MAX_VALUE;

    /// Returns when arrival `n` is due, or [#NEVER].
    long instant(long n);

    /// Returns the arrivals per second asked for at `offset`.
    double rate(long offset);

    /// Returns how many arrivals are due before `offset`.
    long before(long offset);

    /// Returns arrivals at a rate that goes from `from` to `to` per second within `duration` nanoseconds.
    static Arrivals of(double from, double to, long duration) {
        return from == to ? new Steady(from) : new Ramp(from, to, duration);
    }

    /// Arrivals at one rate: instant n is n divided by the rate.
    ///
    /// @param perSecond not below 0; 0 has no arrivals
    record Steady(double perSecond) implements Arrivals {
        @Override
        public long instant(long n) {
            return perSecond == 0 ? NEVER : nanos(n / perSecond);
        }

        @Override
        public double rate(long offset) {
            return perSecond;
        }

        @Override
        public long before(long offset) {
            return settle(this, perSecond * offset / SECOND, offset);
        }
    }

    /// Arrivals at a rate that changes evenly.
    ///
    /// With the slope s = (to - from) / duration, the integral up to t is from t + s t^2 / 2.
    /// Set to n and solved for t in the form that does not cancel: t = 2 n / (from + sqrt(from^2 + 2 s n)).
    ///
    /// @param from arrivals per second at the start
    /// @param to arrivals per second at the end
    /// @param duration nanoseconds
    record Ramp(double from, double to, long duration) implements Arrivals {
        @Override
        public long instant(long n) {
            double root = from * from + 2 * slope() * n;
            if (n == 0) {
                return 0;
            }
            return root < 0 ? NEVER : nanos(2 * n / (from + Math.sqrt(root)));
        }

        @Override
        public double rate(long offset) {
            return from + slope() * offset / SECOND;
        }

        @Override
        public long before(long offset) {
            double seconds = offset / SECOND;
            return settle(this, from * seconds + slope() * seconds * seconds / 2, offset);
        }

        private double slope() {
            return (to - from) * SECOND / duration;
        }
    }

    /// Nanoseconds in a second.
    double SECOND = 1e9;

    private static long nanos(double seconds) {
        return (long) Math.ceil(seconds * SECOND);
    }

    /// The integral is only a guess to within rounding; the instants decide.
    private static long settle(Arrivals arrivals, double guess, long offset) {
        if (offset <= 0) {
            return 0;
        }
        long count = Math.max(0, (long) guess);
        while (count > 0 && arrivals.instant(count - 1) >= offset) {
            count--;
        }
        while (arrivals.instant(count) < offset) {
            count++;
        }
        return count;
    }
}
