package io.ordeal.chaos.process;

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

    /// Whether it has not ended.
    public boolean alive() {
        return stat().isPresent();
    }

    /// Sends it `signal`; false when it has ended.
    ///
    /// @throws SignalRefused when the system does not let us
    public boolean signal(int signal) {
        if (!alive()) {
            return false;
        }
        int errno = Posix.kill(pid, signal);
        return switch (errno) {
            case 0 -> true;
            case NO_SUCH_PROCESS -> false;
            default -> throw new SignalRefused("signal " + signal + " to pid " + pid + ": errno " + errno);
        };
    }

    private static final int NO_SUCH_PROCESS = 3;

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
