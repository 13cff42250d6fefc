package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A resource that the kernel limits for one process.
public enum Resource {
    /// Private memory that can be written, in bytes: the heap and the stacks of threads, but not what is only
    /// reserved.
    DATA(2, "Max data size"),
    /// The number that the next opened file must stay below.
    FILES(7, "Max open files");

    private final int number;
    private final String title;

    /// @param number that of Linux on every architecture that Java runs on
    /// @param title in `/proc/PID/limits`
    Resource(int number, String title) {
        this.number = number;
        this.title = title;
    }

    int number() {
        return number;
    }

    String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Resource> named(String name) {
        return Arrays.stream(values())
                .filter(resource -> resource.published().equals(name))
                .findAny();
    }

    /// Returns a limit as `/proc/PID/limits` and evidence have it.
    static String shown(long limit) {
        return limit == RestoreLimit.UNLIMITED ? "unlimited" : Long.toUnsignedString(limit);
    }

    /// Returns the soft limit that `/proc/PID/limits` shows for `process`.
    public Optional<String> shownFor(ProcessId process) {
        try {
            var file = Path.of("/proc/" + process.pid() + "/limits");
            return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .filter(line -> line.startsWith(title))
                    .map(line -> line.substring(title.length()).strip().split(" +", -1)[0])
                    .findFirst()
                    .filter(_ -> process.alive());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
