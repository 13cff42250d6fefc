package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.Posix;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SIGTERM for a process, and SIGKILL for it and what it has started when it has not ended after its grace.
final class TerminateBlow implements Blow {
    private final Victim victim;
    private final Duration grace;
    private final InstantSource clock;
    private volatile long struckAt;

    TerminateBlow(Victim victim, Duration grace, InstantSource clock) {
        this.victim = victim;
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    public List<String> steps() {
        return List.of(
                "SIGTERM to " + victim.pid(),
                "after " + Shown.millis(grace) + " SIGKILL to " + victim.pid() + " and its descendants");
    }

    @Override
    public Instant strike() throws InjectionFailed {
        victim.subject().hold();
        var actedAt = clock.instant();
        struckAt = System.nanoTime();
        victim.signal(Posix.SIGTERM);
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(Map.of("grace", Shown.millis(grace)));
        var left = grace.minusNanos(System.nanoTime() - struckAt);
        if (victim.awaitEnd(left)) {
            evidence.put("ended_by", "SIGTERM");
            evidence.put("gone_after", Shown.millis(Duration.ofNanos(System.nanoTime() - struckAt)));
            return evidence;
        }
        if (victim.process().alive()) {
            victim.kill();
        }
        evidence.put("ended_by", "SIGKILL, its grace was over");
        evidence.put("gone_after", Shown.millis(KillBlow.awaitGone(victim, struckAt)));
        return evidence;
    }
}
