package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Something in force on a proxy.
///
/// @param name unique on its proxy
/// @param direction the streams that it is on; effects on connections and on HTTP requests have none
/// @param toxicity the part of the connections that it is on; from 1 on, all of them
/// @param seed of the choice of connections and of the jitter: with it, a run can be repeated
/// @param since when it came into force, on the clock of [System#nanoTime]; its ramp begins there
/// @param tally counts what it meets
public record Toxic(
        String name, Effect effect, Direction direction, double toxicity, long seed, long since, Tally tally) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final AtomicLong FAULTS = new AtomicLong();

    /// What a toxic on HTTP requests has met, without probes.
    public static final class Tally {
        private final LongAdder requests = new LongAdder();
        private final LongAdder hit = new LongAdder();

        void request(boolean isHit) {
            requests.increment();
            if (isHit) {
                hit.increment();
            }
        }

        /// Returns the requests on the connections that the toxic is on.
        public long requests() {
            return requests.sum();
        }

        /// Returns how many of them it was on.
        public long hit() {
            return hit.sum();
        }
    }

    /// Makes one that counts from nothing.
    public Toxic(String name, Effect effect, Direction direction, double toxicity, long seed, long since) {
        this(name, effect, direction, toxicity, seed, since, new Tally());
    }

    /// Returns a fault as a toxic, under a name that no other has.
    public static Toxic of(TrafficFault fault, long seed, long since) {
        var name = "fault " + FAULTS.incrementAndGet();
        return new Toxic(name, Effect.of(fault), direction(fault), fault.fraction(), seed, since);
    }

    /// Returns it as if it came into force at `now`.
    Toxic at(long now) {
        return new Toxic(name, effect, direction, toxicity, seed, now, tally);
    }

    private static Direction direction(TrafficFault fault) {
        return switch (fault) {
            case TrafficFault.Latency latency -> latency.direction();
            case TrafficFault.Bandwidth bandwidth -> bandwidth.direction();
            case TrafficFault.Loss loss -> loss.direction();
            case TrafficFault.Partition partition -> partition.direction();
            case TrafficFault.Timeout timeout -> timeout.direction();
            case TrafficFault.SlowClose slow -> slow.direction();
            case TrafficFault.Slice slice -> slice.direction();
            case TrafficFault.LimitData limit -> limit.direction();
            case TrafficFault.Reset _, TrafficFault.Refuse _, TrafficFault.OnHttp _, TrafficFault.OnPackets _ ->
                Direction.BOTH;
        };
    }

    /// Whether it is on the connection with this number. A number is hit or not for as long as the toxicity stays.
    boolean hits(long connection) {
        return toxicity >= 1 || unit(mix(seed + connection * GOLDEN)) < toxicity;
    }

    /// Whether it is on the request with this number of the connection with that one, where the share of the requests
    /// is `share`.
    boolean hits(long connection, long request, double share) {
        return share >= 1 || unit(mix(seed + connection * GOLDEN + mix(request + 1))) < share;
    }

    /// Spreads the bits of `value`: the finaliser of SplitMix64.
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }
}
