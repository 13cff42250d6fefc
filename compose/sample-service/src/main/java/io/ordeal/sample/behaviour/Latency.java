package io.ordeal.sample.behaviour;

import java.util.random.RandomGenerator;

/// A distribution of the time that an operation takes. Parameters are milliseconds; no sample is below zero or above
/// [#LONGEST_MS].
public sealed interface Latency {

    /// The longest time an operation can take: ten minutes.
    double LONGEST_MS = 600_000;

    /// The standard normal distribution's 99th percentile.
    double Z99 = 2.3263478740408408;

    /// One sample in milliseconds, not yet cut to the permitted range.
    double drawMs(RandomGenerator random);

    /// One sample in nanoseconds, from 0 to ten minutes.
    default long sampleNanos(RandomGenerator random) {
        return (long) (Math.clamp(drawMs(random), 0, LONGEST_MS) * 1e6);
    }

    /// Always the same.
    record Constant(double ms) implements Latency {
        @Override
        public double drawMs(RandomGenerator random) {
            return ms;
        }
    }

    /// Every time between two bounds equally often.
    record Uniform(double minMs, double maxMs) implements Latency {
        @Override
        public double drawMs(RandomGenerator random) {
            return minMs + (maxMs - minMs) * random.nextDouble();
        }
    }

    /// The bell curve, cut at zero.
    record Normal(double meanMs, double stddevMs) implements Latency {
        @Override
        public double drawMs(RandomGenerator random) {
            return meanMs + stddevMs * random.nextGaussian();
        }
    }

    /// The shape that real services have: a bulk around the median and a long tail, told by its 99th percentile.
    ///
    /// `ln X` is normal with mean `ln median`; the 99th percentile lies [#Z99] deviations above it, which gives
    /// sigma.
    record LogNormal(double medianMs, double p99Ms) implements Latency {
        @Override
        public double drawMs(RandomGenerator random) {
            double sigma = Math.log(p99Ms / medianMs) / Z99;
            return medianMs * Math.exp(sigma * random.nextGaussian());
        }
    }

    /// The time between independent events.
    record Exponential(double meanMs) implements Latency {
        @Override
        public double drawMs(RandomGenerator random) {
            return meanMs * random.nextExponential();
        }
    }
}
