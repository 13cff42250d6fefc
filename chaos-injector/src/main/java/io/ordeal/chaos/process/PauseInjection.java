package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A process that SIGSTOP holds still until SIGCONT.
final class PauseInjection implements Injection {
    private final Victim victim;
    private final InstantSource clock;

    PauseInjection(Victim victim, InstantSource clock) {
        this.victim = victim;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new ContinueProcess(victim.process());
    }

    @Override
    public List<String> steps() {
        return List.of("SIGSTOP to " + victim.pid());
    }

    @Override
    public Instant act() throws InjectionFailed {
        var actedAt = clock.instant();
        victim.signal(Posix.SIGSTOP);
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        return Map.of("pid", victim.pid(), "state", String.valueOf(victim.awaitStopped(true)));
    }

    @Override
    public void revert() throws InjectionFailed {
        victim.proceed();
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        return victim.process().alive()
                ? Map.of("pid", victim.pid(), "state", String.valueOf(victim.awaitStopped(false)))
                : victim.endedMeanwhile();
    }
}
