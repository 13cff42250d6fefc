package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The faults in force and those that ended lately. Belongs to the controller's thread.
final class FaultTable {
    /// How many of those that have ended are kept for those who ask.
    private static final int KEPT = 200;

    private final Map<FaultKey, Entry> faults = new LinkedHashMap<>();

    /// A fault with where it stands and who works on it.
    static final class Entry {
        private final FaultPlan plan;
        private final FaultWorker worker;
        private final Instant endsAt;
        private FaultState state;

        Entry(FaultPlan plan, FaultWorker worker, Instant endsAt, FaultState state) {
            this.plan = plan;
            this.worker = worker;
            this.endsAt = endsAt;
            this.state = state;
        }

        FaultPlan plan() {
            return plan;
        }

        FaultWorker worker() {
            return worker;
        }

        Instant endsAt() {
            return endsAt;
        }

        FaultState state() {
            return state;
        }

        void become(FaultState next) {
            state = next;
        }
    }

    void add(Entry entry) {
        faults.put(entry.plan.key(), entry);
    }

    Optional<Entry> entry(FaultKey key) {
        return Optional.ofNullable(faults.get(key));
    }

    /// Returns the plans of which something may be left in the world.
    List<FaultPlan> live() {
        return faults.values().stream()
                .filter(entry -> entry.state.live())
                .map(entry -> entry.plan)
                .toList();
    }

    List<FaultView> views(Leases leases) {
        return faults.values().stream()
                .map(entry -> new FaultView(entry.plan, entry.state, entry.endsAt, leases.endsAt(entry.plan)))
                .toList();
    }

    /// Forgets what ended longest ago and returns it.
    List<FaultPlan> forgetOldest() {
        var ended = new ArrayList<FaultPlan>();
        for (var entry : faults.values()) {
            if (!entry.state.live()) {
                ended.add(entry.plan);
            }
        }
        var forgotten = List.copyOf(ended.subList(0, Math.max(0, ended.size() - KEPT)));
        forgotten.forEach(plan -> faults.remove(plan.key()));
        return forgotten;
    }
}
