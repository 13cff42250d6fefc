package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When the leases of faults were last renewed. Belongs to the controller's thread.
final class Leases {
    private final Map<FaultKey, Instant> renewed = new HashMap<>();

    /// A fault begins, and its lease with it, where it has one.
    void begin(FaultPlan plan, Instant now) {
        if (plan.lease().isPresent()) {
            renewed.put(plan.key(), now);
        }
    }

    /// The leases of the faults of `run` begin anew.
    void renew(String run, Instant now) {
        renewed.replaceAll((key, at) -> key.run().equals(run) ? now : at);
    }

    /// Returns when the lease of a fault ends where nobody renews it, or empty where it has none.
    Optional<Instant> endsAt(FaultPlan plan) {
        return plan.lease()
                .flatMap(lease -> Optional.ofNullable(renewed.get(plan.key())).map(at -> at.plus(lease)));
    }

    /// Returns which of the faults in force nobody has renewed in time, and forgets those that are not in force.
    List<FaultKey> lapsed(Collection<FaultPlan> live, Instant now) {
        renewed.keySet().retainAll(live.stream().map(FaultPlan::key).toList());
        return live.stream()
                .filter(plan -> plan.lease()
                        .filter(lease -> renewed.getOrDefault(plan.key(), now)
                                .plus(lease)
                                .isBefore(now))
                        .isPresent())
                .map(FaultPlan::key)
                .toList();
    }
}
