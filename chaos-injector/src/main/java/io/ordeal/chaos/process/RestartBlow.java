package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An orderly end that is followed by a start at once.
///
/// The end counts as seen when another process runs. When that serves may be later than the fault lasts.
final class RestartBlow implements Blow {
    private final Victim victim;
    private final TerminateBlow end;

    RestartBlow(Victim victim, TerminateBlow end) {
        this.victim = victim;
        this.end = end;
    }

    @Override
    public List<String> steps() {
        var steps = new ArrayList<>(end.steps());
        steps.add("start by " + victim.subject().supervisor());
        return steps;
    }

    @Override
    public Instant strike() throws InjectionFailed {
        return end.strike();
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(end.see());
        long ended = System.nanoTime();
        victim.subject().release();
        var next = awaitSuccessor();
        evidence.put("pid_after", String.valueOf(next.pid()));
        evidence.put("started_after", Shown.millis(Duration.ofNanos(System.nanoTime() - ended)));
        return evidence;
    }

    private ProcessId awaitSuccessor() throws InjectionFailed, InterruptedException {
        var patience = victim.subject().patience();
        Victim.await(patience, () -> victim.successor().isPresent());
        return victim.successor()
                .orElseThrow(() -> new InjectionFailed(
                        victim.target() + " is not started again within " + patience.toSeconds() + " s"));
    }
}
