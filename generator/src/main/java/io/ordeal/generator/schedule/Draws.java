package io.ordeal.generator.schedule;

/// Random numbers one after another: SplitMix64 (Steele, Lea and Flood, 2014), and what is made of it. Not
/// thread-safe.
final class Draws {
    private long state;

    /// Begins the numbers that belong to `seed`.
    Draws(Seed seed) {
        state = seed.value();
    }

    /// Returns a number above 0, up to 1.
    double uniform() {
        state += Seed.GOLDEN;
        return ((Seed.mix(state) >>> 11) + 1) * 0x1.0p-53;
    }

    /// Returns an exponential number of mean 1.
    double exponential() {
        return -StrictMath.log(uniform());
    }

    /// Returns a normal number of mean 0 and variance 1: Marsaglia's polar method.
    double normal() {
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /// Returns a Gamma number of `shape` (at least 1) and scale 1: Marsaglia and Tsang, 2000.
    double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(uniform()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }
}
