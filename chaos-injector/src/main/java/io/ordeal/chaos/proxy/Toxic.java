package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;

/// A fault in force on a proxy.
///
/// @param seed of the choice of connections and of the jitter: with it, a run can be repeated
/// @param since when it came into force, on the clock of [System#nanoTime]; its ramp begins there
public record Toxic(TrafficFault fault, long seed, long since) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// Whether it is on the connection with this number. A number is hit or not for as long as the fault lasts.
    boolean hits(long connection) {
        return fault.fraction() >= 1 || unit(mix(seed + connection * GOLDEN)) < fault.fraction();
    }

    /// Spreads the bits of `value`: the finaliser of SplitMix64.
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }
}
