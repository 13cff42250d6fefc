package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.Descriptors;
import io.ordeal.chaos.posix.Posix;
import java.time.Instant;
import java.util.Optional;

/// One process for good: a pid is used again, a pid with its start time is not.
///
/// @param startTime clock ticks since boot, as in [ProcessStat]
public record ProcessId(long pid, long startTime) {

    /// Returns the process that has `pid` now.
    public static Optional<ProcessId> of(long pid) {
        return ProcessStat.of(pid).filter(stat -> !stat.ended()).map(stat -> new ProcessId(pid, stat.startTime()));
    }

    /// Returns its state, or empty when it has ended.
    public Optional<ProcessStat> stat() {
        return ProcessStat.of(pid).filter(stat -> stat.startTime() == startTime && !stat.ended());
    }

    /// Returns when it has started, by the clock of now.
    Instant startedAt() {
        return Instant.now().minus(BootTime.since(startTime));
    }

    /// Whether it has not ended.
    public boolean alive() {
        return stat().isPresent();
    }

    /// Sends it `signal`, and never another process that has got its pid; false when it has ended.
    ///
    /// The handle is opened before the start time is compared: a process that is ours then was ours when it was
    /// opened.
    ///
    /// @throws SignalRefused when the system does not let us
    public boolean signal(int signal) {
        if (!alive()) {
            return false;
        }
        var handle = Posix.openProcess(pid);
        return switch (handle.errno()) {
            case 0 -> signal(handle.value(), signal);
            case Posix.NO_SUCH_PROCESS -> false;
            case Posix.NO_SUCH_CALL, Posix.NOT_PERMITTED -> // before Linux 5.3, or in a sandbox that does not know it
                alive() && sent(signal, Posix.kill(pid, signal));
            default -> throw refused(signal, handle.errno());
        };
    }

    /// Whether this system has handles of processes, by which signals reach the right one.
    static boolean handles() {
        var handle = Posix.openProcess(ProcessHandle.current().pid());
        if (handle.errno() == 0) {
            Descriptors.close(handle.value());
        }
        return handle.errno() == 0;
    }

    /// Whether the system would let us signal it.
    boolean signallable() {
        try {
            return signal(0);
        } catch (SignalRefused _) {
            return false;
        }
    }

    private boolean signal(int handle, int signal) {
        try {
            return alive() && sent(signal, Posix.signal(handle, signal));
        } finally {
            Descriptors.close(handle);
        }
    }

    private boolean sent(int signal, int errno) {
        return switch (errno) {
            case 0 -> true;
            case Posix.NO_SUCH_PROCESS -> false;
            default -> throw refused(signal, errno);
        };
    }

    private SignalRefused refused(int signal, int errno) {
        return new SignalRefused("signal " + signal + " to pid " + pid + ": errno " + errno);
    }

    /// The system does not let us signal a process.
    public static final class SignalRefused extends IllegalStateException {
        SignalRefused(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return pid + "@" + startTime;
    }
}
