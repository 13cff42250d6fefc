package io.ordeal.chaos.container;

import io.ordeal.chaos.process.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The control groups of a container's first process, as this host shows them: version 1 or 2.
public record Cgroups(long pid) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /// Whether the process belongs to the container with `id`: an engine elsewhere has pids of its own.
    boolean belongsTo(String id) {
        return lines().stream().anyMatch(line -> line.contains(id));
    }

    /// Returns the value of a file of the control group, by its name in version 2 and, with its controller, in version
    /// 1.
    public Optional<String> value(String two, String controller, String one) {
        for (var line : lines()) {
            var parts = line.split(":", 3);
            if (parts.length == 3) {
                var file = parts[1].isEmpty()
                        ? ROOT.resolve("." + parts[2]).resolve(two)
                        : ROOT.resolve(controller).resolve("." + parts[2]).resolve(one);
                boolean fits =
                        parts[1].isEmpty() || List.of(parts[1].split(",", -1)).contains(controller);
                if (fits && Files.isReadable(file)) {
                    return KernelFile.text(file);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "cgroup"));
        } catch (IOException _) {
            return List.of();
        }
    }
}
