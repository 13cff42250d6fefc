package io.ordeal.chaos.process;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.Posix;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A process that a fault is on, and what brings it back.
record Victim(String target, Subject subject, ProcessId process) {
    /// How long the kernel may take for what it does at once.
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 1;

    /// Finds the process of `target` as it runs now.
    ///
    /// @throws InjectionFailed when it does not run, must not be touched, or is stopped already
    static Victim of(String target, Subject subject) throws InjectionFailed {
        try {
            var process = subject.current().orElseThrow(() -> new InjectionFailed(target + " does not run"));
            if (process.stat().filter(ProcessStat::stopped).isPresent()) {
                throw new InjectionFailed(target + " is stopped already, by somebody else; it would be continued at"
                        + " the end: pid " + process.pid());
            }
            if (!process.signallable()) {
                throw new InjectionFailed(
                        "the system does not let the injector touch pid " + process.pid() + " of " + target);
            }
            return new Victim(target, subject, process);
        } catch (Subject.NotHarmable e) {
            throw new InjectionFailed(target + " must not be touched", e);
        }
    }

    /// Returns its pid as text.
    String pid() {
        return String.valueOf(process.pid());
    }

    /// Sends `signal`.
    ///
    /// @throws InjectionFailed when it has ended, or the system does not let us
    void signal(int signal) throws InjectionFailed {
        try {
            if (!process.signal(signal)) {
                throw new InjectionFailed("process " + pid() + " has ended by itself");
            }
        } catch (ProcessId.SignalRefused e) {
            throw new InjectionFailed("the process cannot be signalled", e);
        }
    }

    /// Lets it go on where it has not ended; harmless when it was not stopped.
    void proceed() throws InjectionFailed {
        try {
            process.signal(Posix.SIGCONT);
        } catch (ProcessId.SignalRefused e) {
            throw new InjectionFailed("the process cannot be continued", e);
        }
    }

    /// Kills it, and what it has started.
    void kill() throws InjectionFailed {
        var family = family();
        signal(Posix.SIGKILL);
        for (var member : family) {
            member.signal(Posix.SIGKILL);
        }
    }

    /// Returns what it has started and what that has, as long as it lives.
    List<ProcessId> family() {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(descendant -> ProcessId.of(descendant.pid()).stream())
                .toList();
    }

    /// Waits until it has ended and returns whether it has within `patience`.
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return await(patience, () -> !process.alive());
    }

    /// Waits until it is stopped, or is not.
    ///
    /// @throws InjectionFailed when it does not come to that, or ends
    char awaitStopped(boolean stopped) throws InjectionFailed, InterruptedException {
        await(
                PATIENCE,
                () -> process.stat().map(stat -> stat.stopped() == stopped).orElse(true));
        var stat = process.stat();
        if (stat.isEmpty()) {
            throw new InjectionFailed("process " + pid() + " has ended");
        }
        if (stat.filter(now -> now.stopped() == stopped).isEmpty()) {
            throw new InjectionFailed("process " + pid() + (stopped ? " does not stop" : " does not go on"));
        }
        return stat.get().state();
    }

    /// Returns the pid that its target has now, which may be another.
    Optional<ProcessId> successor() {
        try {
            return subject.current().filter(now -> !now.equals(process));
        } catch (Subject.NotHarmable _) {
            return Optional.empty();
        }
    }

    /// Returns the evidence about a process that has ended during the fault: what took hold of it has ended with
    /// it.
    Map<String, String> endedMeanwhile() {
        return Map.of(
                "pid",
                pid(),
                "state",
                "ended during the fault",
                "pid_after",
                successor().map(next -> String.valueOf(next.pid())).orElse("none"));
    }

    /// Waits until `condition` holds and returns whether it has within `patience`.
    static boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
