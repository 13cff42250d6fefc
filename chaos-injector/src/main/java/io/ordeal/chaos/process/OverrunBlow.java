package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SIGTERM for a process that is held still, and SIGKILL when its grace is over: the end of a shutdown that has
/// hung.
final class OverrunBlow implements Blow {
    private final Victim victim;
    private final Duration grace;
    private final InstantSource clock;
    private volatile long struckAt;

    OverrunBlow(Victim victim, Duration grace, InstantSource clock) {
        this.victim = victim;
        this.grace = grace;
        this.clock = clock;
    }

    /// A process that goes on finds the SIGTERM and ends in order.
    @Override
    public Undo undo() {
        return new ContinueProcess(victim.process());
    }

    @Override
    public List<String> steps() {
        return List.of(
                "SIGSTOP to " + victim.pid(),
                "SIGTERM to " + victim.pid() + ", which stays pending",
                "after " + Shown.millis(grace) + " SIGKILL to " + victim.pid() + " and its descendants");
    }

    @Override
    public Instant strike() throws InjectionFailed, InterruptedException {
        victim.subject().hold();
        var actedAt = clock.instant();
        victim.signal(Posix.SIGSTOP);
        victim.awaitStopped(true);
        struckAt = System.nanoTime();
        victim.signal(Posix.SIGTERM);
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(Map.of("grace", Shown.millis(grace)));
        if (!Victim.await(Victim.PATIENCE, () -> ProcessStatus.pending(victim.process(), Posix.SIGTERM))) {
            throw new InjectionFailed("SIGTERM is not pending for process " + victim.pid());
        }
        evidence.put("sigterm", "pending");
        if (victim.awaitEnd(grace.minusNanos(System.nanoTime() - struckAt))) {
            throw new InjectionFailed("process " + victim.pid() + " has ended before its grace was over");
        }
        if (victim.process().stat().filter(ProcessStat::stopped).isEmpty()) {
            throw new InjectionFailed("somebody has continued process " + victim.pid());
        }
        evidence.put("held_for", Shown.millis(Duration.ofNanos(System.nanoTime() - struckAt)));
        long killedAt = System.nanoTime();
        victim.kill();
        evidence.put("ended_by", "SIGKILL, its grace was over");
        evidence.put("gone_after", Shown.millis(KillBlow.awaitGone(victim, killedAt)));
        return evidence;
    }

    @Override
    public void withdraw() throws InjectionFailed {
        victim.proceed();
    }
}
