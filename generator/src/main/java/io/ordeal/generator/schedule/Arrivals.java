package io.ordeal.generator.schedule;

/// When the iterations of an open model are due, in nanoseconds from the start of their phase.
///
/// Each instant follows from its index alone: nothing adds up, nothing drifts.
public sealed interface Arrivals permits Arrivals.Paced, AtOnce, Poisson {
    /// Stands for an instant that never comes.
    long NEVER = Long.MAX_VALUE;

    /// Nanoseconds in a second.
    double SECOND = 1e9;

    /// Returns when arrival `n` is due, or [#NEVER]; never before arrival `n` - 1.
    long instant(long n);

    /// Returns the arrivals per second asked for at `offset`.
    double rate(long offset);

    /// Returns how many arrivals are due before `offset`.
    long before(long offset);

    /// Returns arrivals at a rate that goes from `from` to `to` per second within `duration` nanoseconds.
    static Paced of(double from, double to, long duration) {
        return from == to ? new Steady(from) : new Ramp(from, to, duration);
    }

    /// Arrivals that keep to a rate: arrival n is due when the integral of the rate has reached n, so arrival 0 is
    /// due as soon as there is a rate.
    sealed interface Paced extends Arrivals permits Steady, Ramp, Stairs, Evenly {
        /// Returns the first nanosecond at which the integral of the rate has reached `number` and goes on from it,
        /// or [#NEVER].
        long reached(double number);

        /// Returns the integral of the rate from the start to `offset`.
        double integral(long offset);

        @Override
        default long instant(long n) {
            return reached((double) n);
        }

        @Override
        default long before(long offset) {
            return settle(this, (long) integral(offset), offset);
        }
    }

    /// Arrivals at one rate: instant n is n divided by the rate.
    ///
    /// @param perSecond not below 0; 0 has no arrivals
    record Steady(double perSecond) implements Paced {
        @Override
        public long reached(double number) {
            return perSecond == 0 ? NEVER : nanos(number / perSecond);
        }

        @Override
        public double integral(long offset) {
            return perSecond * offset / SECOND;
        }

        @Override
        public double rate(long offset) {
            return perSecond;
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
    record Ramp(double from, double to, long duration) implements Paced {
        @Override
        public long reached(double number) {
            if (number == 0) {
                return 0;
            }
            double root = from * from + 2 * slope() * number;
            return root < 0 ? NEVER : nanos(2 * number / (from + Math.sqrt(root)));
        }

        @Override
        public double integral(long offset) {
            double seconds = offset / SECOND;
            return from * seconds + slope() * seconds * seconds / 2;
        }

        @Override
        public double rate(long offset) {
            return from + slope() * offset / SECOND;
        }

        private double slope() {
            return (to - from) * SECOND / duration;
        }
    }

    /// Returns `seconds` in nanoseconds, rounded up.
    static long nanos(double seconds) {
        return (long) Math.ceil(seconds * SECOND);
    }

    /// Returns how many of `arrivals` are due before `offset`, beginning from a guess: an integral is right only to
    /// within rounding; the instants decide.
    static long settle(Arrivals arrivals, long guess, long offset) {
        if (offset <= 0) {
            return 0;
        }
        long count = Math.max(0, guess);
        while (count > 0 && arrivals.instant(count - 1) >= offset) {
            count--;
        }
        while (arrivals.instant(count) < offset) {
            count++;
        }
        return count;
    }
}
