package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.TrafficFault;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// What one direction of one connection has to obey.
///
/// @param latencyNanos the middle of the delay of a chunk
/// @param jitterNanos how far the delay may lie from it, to either side
/// @param latencyRamp how the delay grows
/// @param rate bytes per second; 0 for no limit
/// @param rateRamp how the limit sets in
/// @param closed whether nothing passes
record LaneRules(long latencyNanos, long jitterNanos, Ramp latencyRamp, long rate, Ramp rateRamp, boolean closed) {
    /// Lets everything pass at once.
    static final LaneRules NONE = new LaneRules(0, 0, Ramp.NONE, 0, Ramp.NONE, false);

    /// The way from nothing to full strength.
    ///
    /// @param since its beginning, on the clock of [System#nanoTime]
    record Ramp(long since, long nanos) {
        static final Ramp NONE = new Ramp(0, 0);

        static Ramp of(Toxic toxic, Duration ramp) {
            return new Ramp(toxic.since(), ramp.toNanos());
        }

        /// Returns the strength at `now`, 0 to 1.
        double strength(long now) {
            return nanos == 0 ? 1 : Math.clamp((double) (now - since) / nanos, 0.0, 1.0);
        }
    }

    /// Returns the rules that `shape` means for one direction of the connection.
    ///
    /// @param everyone whether toxics are on it whatever their fraction
    static LaneRules of(Shape shape, boolean upstream, long connection, boolean everyone) {
        var rules = NONE;
        for (var toxic : shape.toxics()) {
            if (everyone || toxic.hits(connection)) {
                rules = rules.and(toxic, upstream);
            }
        }
        return rules;
    }

    private LaneRules and(Toxic toxic, boolean upstream) {
        return switch (toxic.fault()) {
            case TrafficFault.Latency(var direction, var latency, var jitter, var _, var ramp) ->
                direction.covers(upstream)
                        ? new LaneRules(
                                latency.toNanos(), jitter.toNanos(), Ramp.of(toxic, ramp), rate, rateRamp, closed)
                        : this;
            case TrafficFault.Bandwidth(var direction, var bytesPerSecond, var _, var ramp) ->
                direction.covers(upstream)
                        ? new LaneRules(
                                latencyNanos, jitterNanos, latencyRamp, bytesPerSecond, Ramp.of(toxic, ramp), closed)
                        : this;
            case TrafficFault.Partition(var direction, var _) ->
                direction.covers(upstream)
                        ? new LaneRules(latencyNanos, jitterNanos, latencyRamp, rate, rateRamp, true)
                        : this;
            default -> this;
        };
    }

    /// Whether they change nothing.
    boolean passive() {
        return latencyNanos == 0 && jitterNanos == 0 && rate == 0 && !closed;
    }

    /// Returns how long a chunk that comes at `now` is to wait, nanoseconds.
    long delay(long now, RandomGenerator random) {
        if (latencyNanos == 0 && jitterNanos == 0) {
            return 0;
        }
        long spread = jitterNanos == 0 ? 0 : random.nextLong(-jitterNanos, jitterNanos + 1);
        return (long) (Math.max(0, latencyNanos + spread) * latencyRamp.strength(now));
    }

    /// Returns the limit at `now`, bytes per second; 0 for none. While it sets in, it falls from no limit to its own.
    long rateAt(long now) {
        double strength = rateRamp.strength(now);
        return rate == 0 || strength < 1e-3 ? 0 : (long) Math.ceil(rate / strength);
    }
}
