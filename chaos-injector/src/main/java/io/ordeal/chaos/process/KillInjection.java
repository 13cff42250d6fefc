package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that dies of SIGKILL, with what it has started, stays down, and is started again by its supervisor.
final class KillInjection implements Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Subject subject;
    private final ProcessId process;
    private final InstantSource clock;
    private long killedAt;

    KillInjection(Subject subject, ProcessId process, InstantSource clock) {
        this.subject = subject;
        this.process = process;
        this.clock = clock;
    }

    /// The supervisor, and the program with it, end with the injector: there is nothing to bring back.
    @Override
    public Undo undo() {
        return new Undo.WithInjector();
    }

    @Override
    public List<String> steps() {
        return List.of("SIGKILL to " + process.pid() + " and its descendants");
    }

    @Override
    public Instant act() throws InjectionFailed {
        var family = ProcessHandle.of(process.pid()).map(ProcessHandle::descendants).stream()
                .flatMap(descendants -> descendants)
                .flatMap(descendant -> ProcessId.of(descendant.pid()).stream())
                .toList();
        subject.hold();
        var actedAt = clock.instant();
        killedAt = System.nanoTime();
        kill(family);
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        long deadline = killedAt + PATIENCE.toNanos();
        while (process.alive()) {
            if (System.nanoTime() > deadline) {
                throw new InjectionFailed("process " + process.pid() + " lives in spite of SIGKILL");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return Map.of(
                "pid",
                String.valueOf(process.pid()),
                "signal",
                "SIGKILL",
                "gone_after",
                Shown.millis(Duration.ofNanos(System.nanoTime() - killedAt)));
    }

    @Override
    public void revert() {
        subject.release();
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        long start = System.nanoTime();
        var problem = subject.awaitReady();
        if (problem.isPresent()) {
            throw new InjectionFailed(problem.get());
        }
        return Map.of(
                "pid_after",
                subject.current().map(id -> String.valueOf(id.pid())).orElse("none"),
                "ready_after",
                Shown.millis(Duration.ofNanos(System.nanoTime() - start)));
    }

    private void kill(List<ProcessId> family) throws InjectionFailed {
        try {
            process.signal(Posix.SIGKILL);
            for (var member : family) {
                member.signal(Posix.SIGKILL);
            }
        } catch (ProcessId.SignalRefused e) {
            throw new InjectionFailed("the process cannot be killed", e);
        }
    }
}
