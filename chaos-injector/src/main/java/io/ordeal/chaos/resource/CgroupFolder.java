package io.ordeal.chaos.resource;

import io.ordeal.chaos.process.KernelFile;
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
        return KernelFile.text(file(name));
    }

    /// Returns the number in a file of it; empty for `max` and where there is none.
    Optional<Long> number(String name) {
        return KernelFile.number(file(name));
    }

    /// Returns the number behind `key` in a file of lines with a key and a number.
    Optional<Long> number(String name, String key) {
        return KernelFile.number(file(name), key);
    }

    @Override
    public String toString() {
        return folder().toString();
    }
}
