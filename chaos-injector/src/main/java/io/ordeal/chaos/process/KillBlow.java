package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// SIGKILL for a process and what it has started.
final class KillBlow implements Blow {
    private final Victim victim;
    private final InstantSource clock;
    private volatile long struckAt;

    KillBlow(Victim victim, InstantSource clock) {
        this.victim = victim;
        this.clock = clock;
    }

    @Override
    public List<String> steps() {
        return List.of("SIGKILL to " + victim.pid() + " and its descendants");
    }

    @Override
    public Instant strike() throws InjectionFailed {
        victim.subject().hold();
        var actedAt = clock.instant();
        struckAt = System.nanoTime();
        victim.kill();
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        return Map.of("ended_by", "SIGKILL", "gone_after", Shown.millis(awaitGone(victim, struckAt)));
    }

    /// Waits for the end that SIGKILL brings and returns how long after `since` it was seen.
    static Duration awaitGone(Victim victim, long since) throws InjectionFailed, InterruptedException {
        if (!victim.awaitEnd(Victim.PATIENCE)) {
            throw new InjectionFailed("process " + victim.pid() + " lives in spite of SIGKILL");
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
