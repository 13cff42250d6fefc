package io.ordeal.chaos.resource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The folder of one control group in one hierarchy.
///
/// @param root where the hierarchy is mounted
/// @param path below `root`, not empty
/// @param version 1 or 2
record CgroupFolder(Path root, Path path, int version) {
    Path folder() {
        return root.resolve(path);
    }

    Path file(String name) {
        return folder().resolve(name);
    }

    Path procs() {
        return file("cgroup.procs");
    }

    boolean exists() {
        return Files.isRegularFile(procs());
    }

    /// Returns the pids in it; those in groups below it are not among them.
    List<Long> pids() {
        return text("cgroup.procs").map(String::strip).stream()
                .flatMap(String::lines)
                .map(Long::parseLong)
                .toList();
    }

    /// Returns what stands in a file of it, or empty where there is none.
    Optional<String> text(String name) {
        return read(file(name));
    }

    /// Returns the number in a file of it; empty for `max` and where there is none.
    Optional<Long> number(String name) {
        return text(name).flatMap(CgroupFolder::asNumber);
    }

    /// Returns the number behind `key` in a file of lines with a key and a number.
    Optional<Long> number(String name, String key) {
        return text(name).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .flatMap(line -> asNumber(line.substring(key.length() + 1)));
    }

    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Long> asNumber(String text) {
        var digits = text.strip();
        return digits.matches("-?[0-9]{1,19}") ? parsed(digits) : Optional.empty();
    }

    private static Optional<Long> parsed(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return folder().toString();
    }
}
