package io.ordeal.chaos.cgroup;

import io.ordeal.chaos.posix.KernelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The groups that a process is in: `4:memory:/a/b` in version 1 and `0::/a/b` in version 2.
///
/// @param lines of its `/proc/PID/cgroup`; empty where it has ended
public record Membership(List<String> lines) {
    public Membership {
        lines = List.copyOf(lines);
    }

    /// Returns the groups of process `pid`.
    public static Membership of(long pid) {
        return new Membership(KernelFile.lines(Path.of("/proc", String.valueOf(pid), "cgroup")));
    }

    /// Whether a group of it has `text` in its path, as that of a container has the container's id.
    public boolean mentions(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /// Returns the path of its group in a hierarchy.
    ///
    /// @param controller one of the hierarchy's in version 1, an empty text for version 2
    Optional<Path> path(String controller) {
        return lines.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3)
                .filter(fields -> List.of(fields[1].split(",", -1)).contains(controller))
                .findFirst()
                .map(fields -> Path.of(fields[2]));
    }
}
