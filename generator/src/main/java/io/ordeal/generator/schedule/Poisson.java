package io.ordeal.generator.schedule;

/// Arrivals at random, independent of one another: a Poisson process whose rate is that of other arrivals.
///
/// A Poisson process of rate 1 becomes one of rate r(t) when its time u is taken for the value of the integral of r
/// (Cinlar, Introduction to Stochastic Processes, 1975, section 4.7): arrival n is due when the integral reaches
/// the time of arrival n in the unit process. Where the number of arrivals is fixed, the unit process is stretched
/// so that the arrival after the last comes at the end: given their number, the arrivals of a Poisson process are
/// independent and equally likely everywhere.
///
/// @param pace the rate to follow
/// @param process the unit process
/// @param scale what its times are multiplied by
/// @param count how many arrivals there are; [#NEVER] for as many as come
public record Poisson(Paced pace, UnitProcess process, double scale, long count) implements Arrivals {
    /// The most arrivals to be expected: the starts of their blocks fit into a few megabytes.
    public static final double MOST = 1e9;

    /// Returns arrivals at random at the rate of `pace` for `duration` nanoseconds.
    static Poisson of(Paced pace, long duration, Seed seed) {
        if (pace instanceof Evenly(long count, long _)) {
            var process = UnitProcess.of(seed, count + 1);
            return new Poisson(pace, process, count / process.at(count), count);
        }
        return new Poisson(pace, UnitProcess.lasting(seed, pace.integral(duration)), 1, NEVER);
    }

    /// Returns a process that has nothing to do with this one, from `at` nanoseconds of the run on.
    Poisson renewed(Paced changed, long duration, long at) {
        return of(changed, duration, process.seed().part(at));
    }

    @Override
    public long instant(long n) {
        if (n >= count || n >= process.arrivals()) {
            return NEVER;
        }
        return pace.reached(process.at(n) * scale);
    }

    @Override
    public double rate(long offset) {
        return pace.rate(offset);
    }

    @Override
    public long before(long offset) {
        return Arrivals.settle(this, Math.min(count, process.before(pace.integral(offset) / scale)), offset);
    }
}
