package io.ordeal.chaos.resource;

import io.ordeal.chaos.process.KernelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The hierarchies of control groups as this host has mounted them, of version 1, 2 or both.
final class Cgroups {
    /// What a hierarchy can limit.
    enum Controller {
        CPU,
        MEMORY,
        PIDS;

        String published() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One hierarchy.
    ///
    /// @param ours the group in it that this process is in, relative to the root; empty text: the root
    record Hierarchy(Path root, int version, Set<String> controllers, Path ours) {
        Hierarchy {
            controllers = Set.copyOf(controllers);
        }
    }

    private final List<Hierarchy> hierarchies;

    Cgroups(List<Hierarchy> hierarchies) {
        this.hierarchies = List.copyOf(hierarchies);
    }

    /// Returns those of this host.
    static Cgroups ofHost() {
        return new Cgroups(mounted(lines(Path.of("/proc/self/mounts")), lines(Path.of("/proc/self/cgroup"))));
    }

    /// Returns the hierarchy that has `controller`.
    Optional<Hierarchy> with(Controller controller) {
        return hierarchies.stream()
                .filter(hierarchy -> hierarchy.controllers().contains(controller.published()))
                .findFirst();
    }

    /// Returns the group `path` in the hierarchy that has `controller`, existing or not.
    Optional<CgroupFolder> folder(Controller controller, Path path) {
        return with(controller).map(hierarchy -> new CgroupFolder(hierarchy.root(), path, hierarchy.version()));
    }

    /// Whether the group `path` holds this process in any hierarchy, itself or by a group below it.
    boolean holdsUs(Path path) {
        return hierarchies.stream().anyMatch(hierarchy -> hierarchy.ours().startsWith(path));
    }

    static List<Hierarchy> mounted(List<String> mounts, List<String> own) {
        var found = new ArrayList<Hierarchy>();
        for (var line : mounts) {
            var fields = line.split(" ", -1);
            if (fields.length < 4) {
                continue;
            }
            var root = Path.of(fields[1].replace("\\040", " "));
            if (fields[2].equals("cgroup2")) {
                var controllers =
                        KernelFile.text(root.resolve("cgroup.controllers")).orElse("");
                found.add(new Hierarchy(root, 2, Set.of(words(controllers, " ")), own(own, "")));
            } else if (fields[2].equals("cgroup")) {
                var options = Set.of(words(fields[3], ","));
                for (var controller : Controller.values()) {
                    if (options.contains(controller.published())) {
                        var name = controller.published();
                        found.add(new Hierarchy(root, 1, Set.of(name), own(own, name)));
                    }
                }
            }
        }
        return found;
    }

    /// Lines are `4:memory:/a/b` in version 1 and `0::/a/b` in version 2.
    private static Path own(List<String> lines, String controller) {
        for (var line : lines) {
            var fields = line.split(":", 3);
            if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains(controller)) {
                return Path.of(fields[2].replaceFirst("^/+", ""));
            }
        }
        return Path.of("");
    }

    private static String[] words(String text, String separator) {
        return Arrays.stream(text.strip().split(separator, -1)).distinct().toArray(String[]::new);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return List.of();
        }
    }
}
