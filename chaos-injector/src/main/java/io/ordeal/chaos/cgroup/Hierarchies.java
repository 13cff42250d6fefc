package io.ordeal.chaos.cgroup;

import io.ordeal.chaos.posix.KernelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The hierarchies of control groups as this host has mounted them, of version 1, 2 or both.
public final class Hierarchies {
    /// One hierarchy.
    ///
    /// @param root where it is mounted
    /// @param top the group that is to be seen at `root`: what is above it is not
    /// @param ours the group in it that this process is in, relative to `root`; empty text: the root, or out of
    /// sight
    public record Hierarchy(Path root, Path top, int version, Set<String> controllers, Path ours) {
        public Hierarchy {
            controllers = Set.copyOf(controllers);
        }

        /// Returns the group of a process in it, unless that is out of sight.
        private Optional<ControlGroup> of(Membership membership) {
            return below(top, membership, version, controllers).map(path -> new ControlGroup(root, path, version));
        }
    }

    private final List<Hierarchy> hierarchies;

    private Hierarchies(List<Hierarchy> hierarchies) {
        this.hierarchies = List.copyOf(hierarchies);
    }

    /// Returns those of this host.
    public static Hierarchies ofHost() {
        return of(
                KernelFile.lines(Path.of("/proc/self/mountinfo")),
                new Membership(KernelFile.lines(Path.of("/proc/self/cgroup"))));
    }

    /// Returns those that are mounted.
    ///
    /// @param mounts lines of `/proc/PID/mountinfo`
    /// @param own the groups of this process
    public static Hierarchies of(List<String> mounts, Membership own) {
        var found = new ArrayList<Hierarchy>();
        for (var line : mounts) {
            var sides = line.split(" - ", 2);
            var of = sides[0].split(" ", -1);
            var type = sides.length < 2 ? new String[0] : sides[1].split(" ", -1);
            if (of.length < 5 || type.length < 3) {
                continue;
            }
            var root = Path.of(of[4].replace("\\040", " "));
            if (type[0].equals("cgroup2")) {
                var words = KernelFile.text(root.resolve("cgroup.controllers")).orElse("");
                found.add(hierarchy(root, Path.of(of[3]), 2, words(words, " "), own));
            } else if (type[0].equals("cgroup")) {
                var options = words(type[2], ",");
                options.retainAll(known());
                if (!options.isEmpty()) {
                    found.add(hierarchy(root, Path.of(of[3]), 1, options, own));
                }
            }
        }
        return new Hierarchies(found);
    }

    private static Hierarchy hierarchy(Path root, Path top, int version, List<String> controllers, Membership own) {
        var all = Set.copyOf(controllers);
        return new Hierarchy(
                root, top, version, all, below(top, own, version, all).orElse(Path.of("")));
    }

    /// Returns the path of a process's group below `top`.
    private static Optional<Path> below(Path top, Membership membership, int version, Set<String> controllers) {
        var names = version == 2 ? List.of("") : List.copyOf(controllers);
        return names.stream()
                .flatMap(name -> membership.path(name).stream())
                .findFirst()
                .filter(path -> path.equals(path.normalize()) && path.startsWith(top))
                .map(top::relativize);
    }

    /// Returns the hierarchy that has `controller`. In version 2 every group can be frozen.
    public Optional<Hierarchy> with(Controller controller) {
        Predicate<Hierarchy> named = hierarchy -> hierarchy.controllers().contains(controller.published());
        Predicate<Hierarchy> always = hierarchy -> controller == Controller.FREEZER && hierarchy.version() == 2;
        return hierarchies.stream()
                .filter(named)
                .findFirst()
                .or(() -> hierarchies.stream().filter(always).findFirst());
    }

    /// Returns the group `path` in the hierarchy that has `controller`, existing or not.
    public Optional<ControlGroup> group(Controller controller, Path path) {
        return with(controller).map(hierarchy -> new ControlGroup(hierarchy.root(), path, hierarchy.version()));
    }

    /// Returns the group of process `pid` in the hierarchy that has `controller`, where it is to be seen.
    public Optional<ControlGroup> groupOf(Controller controller, long pid) {
        return with(controller).flatMap(hierarchy -> hierarchy.of(Membership.of(pid)));
    }

    /// Whether the group `path` holds this process in any hierarchy, itself or by a group below it.
    public boolean holdsUs(Path path) {
        return hierarchies.stream().anyMatch(hierarchy -> hierarchy.ours().startsWith(path));
    }

    private static List<String> known() {
        return Arrays.stream(Controller.values()).map(Controller::published).toList();
    }

    private static List<String> words(String text, String separator) {
        return new ArrayList<>(Arrays.asList(text.strip().split(separator, -1)));
    }
}
