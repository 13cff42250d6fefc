package io.ordeal.chaos.cgroup;

import io.ordeal.chaos.posix.KernelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One control group in one hierarchy.
///
/// @param root where the hierarchy is mounted
/// @param path below `root`; an empty text: the root itself, which is everybody's
/// @param version 1 or 2
public record ControlGroup(Path root, Path path, int version) {
    /// Returns where it is.
    public Path folder() {
        return root.resolve(path);
    }

    /// Returns a file of it, existing or not.
    public Path file(String name) {
        return folder().resolve(name);
    }

    /// Returns where a process is written to become a member.
    public Path procs() {
        return file("cgroup.procs");
    }

    /// Whether there is such a group.
    public boolean exists() {
        return Files.isRegularFile(procs());
    }

    /// Returns the pids in it; those in groups below it are not among them.
    public List<Long> pids() {
        return text("cgroup.procs").map(String::strip).stream()
                .flatMap(String::lines)
                .map(Long::parseLong)
                .toList();
    }

    /// Returns what stands in the file that is called `two` in version 2 and `one` in version 1.
    public Optional<String> text(String two, String one) {
        return text(version == 2 ? two : one);
    }

    /// Returns what stands in a file of it, or empty where there is none.
    public Optional<String> text(String name) {
        return KernelFile.text(file(name));
    }

    /// Returns the number in a file of it; empty for `max` and where there is none.
    public Optional<Long> number(String name) {
        return KernelFile.number(file(name));
    }

    /// Returns the number behind `key` in a file of lines with a key and a number.
    public Optional<Long> number(String name, String key) {
        return KernelFile.number(file(name), key);
    }

    /// Returns it as arguments of a helper.
    public List<String> words() {
        return List.of(String.valueOf(version), root.toString(), path.toString());
    }

    /// Reads [#words].
    public static ControlGroup read(List<String> words) {
        return new ControlGroup(Path.of(words.get(1)), Path.of(words.get(2)), Integer.parseInt(words.getFirst()));
    }

    @Override
    public String toString() {
        return folder().toString();
    }
}
