package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A process that ends by a blow, stays down where the injector is its supervisor, and comes back.
final class DownInjection implements Injection {
    private final Victim victim;
    private final Blow blow;
    private volatile long downAt;

    DownInjection(Victim victim, Blow blow) {
        this.victim = victim;
        this.blow = blow;
    }

    @Override
    public Undo undo() {
        return blow.undo();
    }

    @Override
    public List<String> steps() {
        return blow.steps();
    }

    @Override
    public Instant act() throws InjectionFailed, InterruptedException {
        return blow.strike();
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        var evidence = new LinkedHashMap<>(Map.of("pid", victim.pid()));
        evidence.putAll(blow.see());
        downAt = BootTime.now();
        return evidence;
    }

    @Override
    public void revert() throws InjectionFailed {
        try {
            blow.withdraw();
        } finally {
            victim.subject().release();
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long start = System.nanoTime();
        var problem = victim.subject().awaitReady();
        if (problem.isPresent()) {
            throw new InjectionFailed(problem.get());
        }
        var evidence = new LinkedHashMap<String, String>();
        evidence.put("ready_after", Shown.millis(Duration.ofNanos(System.nanoTime() - start)));
        var successor = victim.successor();
        evidence.put(
                "pid_after", successor.map(next -> String.valueOf(next.pid())).orElse(victim.pid()));
        if (successor.isPresent() && downAt > 0) {
            evidence.put("brought_back_by", victim.subject().supervisor());
        }
        // What a restart has started before its end was seen was down for no time that is known here.
        successor
                .filter(next -> downAt > 0 && next.startTime() >= downAt)
                .ifPresent(next -> evidence.put("down_for", Shown.millis(BootTime.between(downAt, next.startTime()))));
        return evidence;
    }
}
