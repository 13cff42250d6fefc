package io.ordeal.generator.schedule;

/// Random choices that can be repeated: each draw is a pure function of the run's seed, who draws and for what, so
/// the same run makes the same choices on any number of segments.
///
/// @param value the seed of the run
public record Seed(long value) {
    /// Who draws for arrivals of open models; user u of a closed model is u + 1.
    public static final long ARRIVALS = 0;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// Returns a number from 0 to below 1.
    ///
    /// @param who [#ARRIVALS], or a user's number + 1
    /// @param index which iteration
    /// @param what which choice within the iteration
    public double draw(long who, long index, int what) {
        return (bits(who, index, what) >>> 11) * 0x1.0p-53;
    }

    /// Returns 64 bits that are as good as random; see [#draw].
    public long bits(long who, long index, int what) {
        return mix(mix(mix(value + GOLDEN * who) + GOLDEN * index) + GOLDEN * (what + 1));
    }

    /// Returns `z` with its bits mixed: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), a bijection.
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
