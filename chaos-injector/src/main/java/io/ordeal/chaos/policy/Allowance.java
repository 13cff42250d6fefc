package io.ordeal.chaos.policy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What may be done to one target.
///
/// @param kinds the kinds that are allowed; a kind whose facet the target lacks is not possible all the same
/// @param maxDuration the longest duration
/// @param maxLatency the largest sum of latency and jitter
/// @param minRate the lowest bandwidth, bytes per second
/// @param maxFraction the largest part of connections, above 0 and up to 1
/// @param maxLoad the largest CPU load of a core, percent
/// @param maxCores the largest number of cores under load
public record Allowance(
        Set<FaultKind> kinds,
        Duration maxDuration,
        Duration maxLatency,
        long minRate,
        double maxFraction,
        double maxLoad,
        int maxCores) {
    public Allowance {
        kinds = Set.copyOf(kinds);
        if (!maxDuration.isPositive() || !maxLatency.isPositive()) {
            throw new IllegalArgumentException("max-duration and max-latency must be above 0");
        }
        if (minRate < 1 || maxCores < 1) {
            throw new IllegalArgumentException("min-rate must be at least 1B/s, max-cores at least 1");
        }
        if (!(maxFraction > 0 && maxFraction <= 1) || !(maxLoad > 0 && maxLoad <= 100)) {
            throw new IllegalArgumentException("max-fraction and max-load must be above 0 and at most 100%");
        }
    }

    /// Returns what is allowed where a target says nothing: every kind, within what `limits` say for all.
    public static Allowance everything(Limits limits) {
        return new Allowance(
                EnumSet.allOf(FaultKind.class),
                limits.maxDuration(),
                Duration.ofMinutes(1),
                1,
                1,
                100,
                Runtime.getRuntime().availableProcessors());
    }

    /// Returns the same for some kinds only.
    public Allowance only(Set<FaultKind> some) {
        return new Allowance(some, maxDuration, maxLatency, minRate, maxFraction, maxLoad, maxCores);
    }
}
