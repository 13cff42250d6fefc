package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Fault;
import java.util.List;
import java.util.Optional;

/// When a fault tripped a circuit breaker.
///
/// @param after the fault's act, microseconds; empty: no breaker was seen open
/// @param seen whether a sample says anything of the time from its act to its end
record Trip(Optional<Long> after, boolean seen) {
    private static final double OPEN = 1;

    /// @param fault one that has acted
    static Trip of(Fault fault, List<Samples> breakers) {
        long act = fault.appliedAt().orElseThrow();
        long end = fault.revertedAt().orElse(Long.MAX_VALUE - 1);
        boolean seen = false;
        long first = Long.MAX_VALUE;
        for (var breaker : breakers) {
            var before = breaker.between(Long.MIN_VALUE, act);
            if (before.size() > 0 && before.values()[before.size() - 1] >= OPEN) {
                return new Trip(Optional.of(0L), true);
            }
            var during = breaker.between(act, end + 1);
            seen |= during.size() > 0;
            for (int i = during.size() - 1; i >= 0; i--) {
                first = during.values()[i] >= OPEN ? Math.min(first, during.times()[i]) : first;
            }
        }
        return new Trip(first == Long.MAX_VALUE ? Optional.empty() : Optional.of(first - act), seen);
    }
}
