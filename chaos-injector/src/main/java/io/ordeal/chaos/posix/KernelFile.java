package io.ordeal.chaos.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Small files in which the kernel shows what it has: of `/proc` and of control groups.
public final class KernelFile {
    private static final int MOST = 1 << 16;

    private KernelFile() {}

    /// Returns what stands in `file`, or empty where there is none or it cannot be read.
    ///
    /// Such a file says that it is empty, and some give what they have to the first read only: `Files.readString`
    /// would read a single byte of them.
    public static Optional<String> text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST), StandardCharsets.US_ASCII).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Returns the lines of `file`; none where there is none or it cannot be read.
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Returns the number in `file`; empty for `max` and where there is none.
    public static Optional<Long> number(Path file) {
        return text(file).flatMap(KernelFile::parsed);
    }

    /// Returns the number behind `key` in a file of lines with a key and a number.
    public static Optional<Long> number(Path file, String key) {
        return text(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .flatMap(line -> parsed(line.substring(key.length() + 1)));
    }

    private static Optional<Long> parsed(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
