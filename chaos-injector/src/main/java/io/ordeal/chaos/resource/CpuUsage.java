package io.ordeal.chaos.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The first line of `/proc/stat`: how the cores of the host have spent their time since boot, in clock ticks.
public record CpuUsage(long busy, long all) {
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int LAST = 8;

    /// Reads it, or returns empty where there is none.
    public static Optional<CpuUsage> now() {
        try (var lines = Files.lines(Path.of("/proc/stat"), StandardCharsets.US_ASCII)) {
            return lines.findFirst().flatMap(CpuUsage::parse);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static Optional<CpuUsage> parse(String line) {
        var fields = line.strip().split(" +", -1);
        if (fields.length <= LAST || !fields[0].equals("cpu")) {
            return Optional.empty();
        }
        try {
            long all = 0;
            for (int i = 1; i <= LAST; i++) { // guest time, which follows, is counted in user time already
                all += Long.parseLong(fields[i]);
            }
            return Optional.of(new CpuUsage(all - Long.parseLong(fields[IDLE]) - Long.parseLong(fields[WAITING]), all));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Returns the part of the time since `earlier` that the cores were busy, 0 to 1; 0 where no time has passed.
    public double since(CpuUsage earlier) {
        long passed = all - earlier.all;
        return passed <= 0 ? 0 : Math.clamp((double) (busy - earlier.busy) / passed, 0.0, 1.0);
    }
}
