package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// SIGKILL for a process and what it has started, when a moment of its life has come.
final class CrashBlow implements Blow {
    private final Victim victim;
    private final String name;
    private final MomentWatch watch;
    private final Duration patience;
    private final KillBlow kill;
    private volatile Duration waited = Duration.ZERO;

    /// @param patience how long it waits for the moment
    CrashBlow(Victim victim, String name, MomentWatch watch, Duration patience, InstantSource clock) {
        this.victim = victim;
        this.name = name;
        this.watch = watch;
        this.patience = patience;
        this.kill = new KillBlow(victim, clock);
    }

    @Override
    public List<String> steps() {
        return List.of(
                "wait up to " + Shown.millis(patience) + " for the moment " + name + ": " + watch.words(),
                kill.steps().getFirst());
    }

    @Override
    public Instant strike() throws InjectionFailed, InterruptedException {
        long start = System.nanoTime();
        watch.begin();
        while (!watch.come()) {
            if (!victim.process().alive()) {
                throw new InjectionFailed("process " + victim.pid() + " has ended before the moment `" + name
                        + "`; nothing was done to it");
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new InjectionFailed("the moment `" + name + "` has not come within " + Shown.millis(patience)
                        + "; nothing was done");
            }
            TimeUnit.NANOSECONDS.sleep(watch.pause().toNanos());
        }
        waited = Duration.ofNanos(System.nanoTime() - start);
        return kill.strike();
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(kill.see());
        evidence.put("moment", name);
        evidence.put("moment_after", Shown.millis(waited));
        return evidence;
    }
}
