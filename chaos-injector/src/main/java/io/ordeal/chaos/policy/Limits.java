package io.ordeal.chaos.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What holds for all targets together.
///
/// @param maxDuration no fault lasts longer
/// @param faultsAtOnce how many faults may be in force at the same time
/// @param lease how long the broker may be silent before every fault is reverted
/// @param targetsAtOnce how many targets may be under fault at the same time
/// @param protectedPorts ports of the control plane, which no proxy may listen on or forward to, and whose packets
/// no fault touches
/// @param protectedPaths directories in and above which no fault may write
/// @param quietHours times in which nothing is injected
public record Limits(
        Duration maxDuration,
        int faultsAtOnce,
        int targetsAtOnce,
        Duration lease,
        Set<Integer> protectedPorts,
        List<Path> protectedPaths,
        List<QuietHours> quietHours) {
    /// The longest duration that any policy can allow.
    public static final Duration CEILING = Duration.ofHours(24);

    public Limits {
        protectedPorts = Set.copyOf(protectedPorts);
        protectedPaths = List.copyOf(protectedPaths);
        quietHours = List.copyOf(quietHours);
        if (!maxDuration.isPositive() || maxDuration.compareTo(CEILING) > 0) {
            throw new IllegalArgumentException("max-duration must be above 0 and at most 24h: " + maxDuration);
        }
        if (faultsAtOnce < 1 || faultsAtOnce > 1000) {
            throw new IllegalArgumentException("faults-at-once must be 1 to 1000: " + faultsAtOnce);
        }
        if (targetsAtOnce < 1 || targetsAtOnce > 1000) {
            throw new IllegalArgumentException("targets-at-once must be 1 to 1000: " + targetsAtOnce);
        }
        if (lease.compareTo(Duration.ofSeconds(2)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("lease must be 2s to 1h: " + lease);
        }
    }

    /// Returns the limits that hold where nothing else is said: 10 minutes, 4 at once, a lease of 10 s.
    public static Limits standard() {
        return new Limits(Duration.ofMinutes(10), 4, 1000, Duration.ofSeconds(10), Set.of(), List.of(), List.of());
    }
}
