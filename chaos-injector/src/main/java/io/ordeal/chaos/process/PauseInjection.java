package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.undo.Undo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that SIGSTOP holds still until SIGCONT.
final class PauseInjection implements Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProcessId process;
    private final InstantSource clock;

    PauseInjection(ProcessId process, InstantSource clock) {
        this.process = process;
        this.clock = clock;
    }

    @Override
    public Undo undo() {
        return new ContinueProcess(process);
    }

    @Override
    public List<String> steps() {
        return List.of("SIGSTOP to " + process.pid());
    }

    @Override
    public Instant act() throws InjectionFailed {
        var actedAt = clock.instant();
        if (!signal(Posix.SIGSTOP)) {
            throw new InjectionFailed("process " + process.pid() + " has ended");
        }
        return actedAt;
    }

    @Override
    public Map<String, String> see() throws InjectionFailed, InterruptedException {
        return Map.of("pid", String.valueOf(process.pid()), "state", String.valueOf(awaitStopped(true)));
    }

    @Override
    public void revert() throws InjectionFailed {
        signal(Posix.SIGCONT);
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed, InterruptedException {
        return process.alive()
                ? Map.of("pid", String.valueOf(process.pid()), "state", String.valueOf(awaitStopped(false)))
                : Map.of("pid", String.valueOf(process.pid()), "state", "ended");
    }

    private char awaitStopped(boolean stopped) throws InjectionFailed, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var stat = process.stat();
            if (stat.isEmpty()) {
                throw new InjectionFailed("process " + process.pid() + " has ended");
            }
            if (stat.map(ProcessStat::stopped).orElse(false) == stopped) {
                return stat.get().state();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new InjectionFailed("process " + process.pid() + (stopped ? " does not stop" : " does not go on"));
    }

    private boolean signal(int signal) throws InjectionFailed {
        try {
            return process.signal(signal);
        } catch (ProcessId.SignalRefused e) {
            throw new InjectionFailed("the process cannot be signalled", e);
        }
    }
}
