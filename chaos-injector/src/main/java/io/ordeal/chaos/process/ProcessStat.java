package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `/proc/PID/stat` says about a process.
///
/// @param state one letter: R runs, S sleeps, T stopped, Z ended and not yet collected, D waits for a device
/// @param parent the pid of its parent
/// @param cpuTicks CPU time used in user and kernel mode, in clock ticks of 10 ms
/// @param startTime when it started, clock ticks since boot: with the pid it names one process for good
public record ProcessStat(char state, long parent, long cpuTicks, long startTime) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int USER_TICKS = 11;
    private static final int KERNEL_TICKS = 12;
    private static final int START = 19;

    /// Reads that of `pid`, or returns empty where there is no such process.
    public static Optional<ProcessStat> of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Reads one line of the file. The name in parentheses may hold anything, spaces and parentheses included.
    static Optional<ProcessStat> parse(String line) {
        var fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length <= START || fields[STATE].length() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessStat(
                    fields[STATE].charAt(0),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]),
                    Long.parseLong(fields[START])));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Whether it has ended and only its entry is left.
    public boolean ended() {
        return state == 'Z' || state == 'X';
    }

    /// Whether a signal has stopped it.
    public boolean stopped() {
        return state == 'T' || state == 't';
    }
}
