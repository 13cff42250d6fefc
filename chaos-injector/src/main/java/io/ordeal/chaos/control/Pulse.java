package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is said once a second, and whether it is heard. Belongs to the controller's thread.
final class Pulse {
    /// As what it beats.
    static final String COMPONENT = "chaos-injector";

    /// With no fault in force, every so many beats are said.
    private static final int IDLE_BEATS = 5;

    private final Outlet outlet;
    private final Set<String> runs = new TreeSet<>();
    private Duration lease;
    private long quickened;
    private int beats;

    Pulse(Outlet outlet, Duration lease) {
        this.outlet = outlet;
        this.lease = lease;
        this.quickened = System.nanoTime();
    }

    /// From now on the broker may be silent for so long.
    void govern(Duration changed) {
        lease = changed;
    }

    /// A fault of `run` begins.
    ///
    /// @param first whether no other is in force: then the lease begins
    void quicken(String run, boolean first) {
        runs.add(run);
        if (first) {
            quickened = System.nanoTime();
        }
    }

    /// Tells each run which of its faults are in force, once more after its last one, and returns whether the lease
    /// is
    /// lost: faults are in force and nobody has heard us for too long.
    boolean beat(List<FaultPlan> live, Instant now) {
        beats++;
        var byRun = new TreeMap<String, List<String>>();
        runs.forEach(run -> byRun.put(run, new ArrayList<>()));
        live.forEach(plan -> byRun.computeIfAbsent(plan.key().run(), _ -> new ArrayList<>())
                .add(plan.key().id()));
        if (beats % IDLE_BEATS == 0) {
            byRun.computeIfAbsent("", _ -> new ArrayList<>());
        }
        byRun.forEach((run, ids) -> outlet.say(run, now, new Heartbeat(COMPONENT, ids)));
        runs.removeIf(run -> live.stream().noneMatch(plan -> plan.key().run().equals(run)));
        long silent = System.nanoTime() - Math.max(outlet.heardAt(), quickened);
        return !live.isEmpty() && silent > lease.toNanos();
    }
}
