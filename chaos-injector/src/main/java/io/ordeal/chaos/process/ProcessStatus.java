package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What `/proc/PID/status` says about a process.
final class ProcessStatus {
    private static final int HEXADECIMAL = 16;
    private static final long KIBIBYTE = 1024;

    private ProcessStatus() {}

    /// Whether `signal` has been sent to the whole of `process` and waits for it.
    static boolean pending(ProcessId process, int signal) {
        return field(process, "ShdPnd")
                .map(mask -> Long.parseUnsignedLong(mask, HEXADECIMAL))
                .filter(mask -> (mask >>> (signal - 1) & 1) == 1)
                .isPresent();
    }

    /// Returns how many bytes of data `process` has, as its limit counts them.
    static Optional<Long> dataBytes(ProcessId process) {
        return field(process, "VmData")
                .filter(value -> value.endsWith(" kB"))
                .map(value -> Long.parseLong(value.substring(0, value.length() - " kB".length())) * KIBIBYTE);
    }

    private static Optional<String> field(ProcessId process, String name) {
        try {
            var file = Path.of("/proc/" + process.pid() + "/status");
            var lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .filter(_ -> process.alive());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
