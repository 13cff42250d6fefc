package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The memory control group of a process and what it has started, and of nothing else.
///
/// @param unified whether it is one of version 2
record MemoryGroup(Path folder, boolean unified) {
    /// The largest page of all architectures: the kernel rounds to pages.
    private static final long PAGE = 65_536;

    /// What was looked for, or why there is none.
    sealed interface Found {
        record Own(MemoryGroup group) implements Found {}

        record None(String reason) implements Found {}
    }

    /// Looks for the group of `victim`.
    static Found of(Victim victim) {
        try {
            var group = find(victim.process());
            return group.isEmpty()
                    ? new Found.None("its memory control group is the root, or none")
                    : group.get().examined(victim);
        } catch (IOException e) {
            return new Found.None("its memory control group cannot be read: " + e.getMessage());
        }
    }

    /// Returns the file that limits memory.
    Path limit() {
        return folder.resolve(unified ? "memory.max" : "memory.limit_in_bytes");
    }

    /// Returns the file that limits what may be swapped out, which is a limit of both together in version 1; there
    /// is none without swap accounting.
    Optional<Path> swapLimit() {
        return Optional.of(folder.resolve(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes"))
                .filter(Files::isWritable);
    }

    /// Returns how many bytes are in use.
    long used() throws IOException {
        var file = folder.resolve(unified ? "memory.current" : "memory.usage_in_bytes");
        return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    /// Returns how many processes the kernel has killed in it for want of memory.
    long kills() {
        var file = folder.resolve(unified ? "memory.events" : "memory.oom_control");
        return KernelFile.number(file, "oom_kill").orElse(0L);
    }

    /// Returns where a process is written to become a member.
    Path members() {
        return folder.resolve("cgroup.procs");
    }

    private Found examined(Victim victim) throws IOException {
        if (!Files.isWritable(limit()) || !Files.isWritable(members())) {
            return new Found.None("its memory control group cannot be written");
        }
        var family = new HashSet<Long>(Set.of(victim.process().pid()));
        victim.family().forEach(member -> family.add(member.pid()));
        if (!family.containsAll(processes())) {
            return new Found.None("it shares its memory control group");
        }
        if (KernelFile.number(folder.resolve("memory.oom_control"), "oom_kill_disable")
                .filter(disabled -> disabled != 0)
                .isPresent()) {
            return new Found.None("its memory control group stops rather than kills");
        }
        if (KernelFile.text(folder.resolve("memory.oom.group"))
                .filter("1"::equals)
                .isPresent()) {
            return new Found.None("its memory control group is killed as a whole");
        }
        return new Found.Own(this);
    }

    /// Returns the members of the group and of those below it.
    private Set<Long> processes() throws IOException {
        var processes = new HashSet<Long>();
        try (var folders = Files.walk(folder)) {
            for (var below : folders.filter(Files::isDirectory).toList()) {
                Files.readAllLines(below.resolve("cgroup.procs")).forEach(line -> processes.add(Long.parseLong(line)));
            }
        }
        return processes;
    }

    private static Optional<MemoryGroup> find(ProcessId process) throws IOException {
        var lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/cgroup"), StandardCharsets.UTF_8);
        if (!process.alive()) {
            return Optional.empty();
        }
        for (var line : lines) {
            var fields = line.split(":", 3);
            boolean unified = fields[0].equals("0") && fields[1].isEmpty();
            if (unified || List.of(fields[1].split(",", -1)).contains("memory")) {
                var group = mounted(unified)
                        .flatMap(mount -> below(mount, fields[2]))
                        .map(folder -> new MemoryGroup(folder, unified))
                        .filter(found -> Files.exists(found.limit()));
                if (group.isPresent()) {
                    return group;
                }
            }
        }
        return Optional.empty();
    }

    /// A mount of control groups.
    ///
    /// @param root which group is at `point`
    private record Mount(Path root, Path point) {}

    private static Optional<Mount> mounted(boolean unified) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8)) {
            var sides = line.split(" - ", 2);
            var of = sides[0].split(" ", -1);
            var type = sides[1].split(" ", -1);
            boolean matches = unified
                    ? type[0].equals("cgroup2")
                    : type[0].equals("cgroup")
                            && List.of(type[2].split(",", -1)).contains("memory");
            if (matches) {
                return Optional.of(new Mount(Path.of(of[3]), Path.of(of[4])));
            }
        }
        return Optional.empty();
    }

    /// The root is everybody's, and what is outside of the mount is not to be seen.
    private static Optional<Path> below(Mount mount, String group) {
        var path = Path.of(group).normalize();
        return path.startsWith(mount.root()) && !path.equals(mount.root()) && !group.contains("..")
                ? Optional.of(mount.point().resolve(mount.root().relativize(path)))
                : Optional.empty();
    }

    /// Returns a limit of memory, and one of swap where there is any, that leave hardly more than is in use, in the
    /// order in which they are to be restored.
    List<RestoreValue> tight(long room) throws IOException {
        var old = old(limit());
        long limit =
                Math.min(used() + room, old.equals("max") ? Long.MAX_VALUE : Long.parseLong(old) - 1) / PAGE * PAGE;
        var tight = new RestoreValue(limit(), String.valueOf(limit), old);
        if (swapLimit().isEmpty()) {
            return List.of(tight);
        }
        var swap = swapLimit().get();
        // In version 1 it must not be below the other limit: it is lowered last and restored first.
        var swapless = new RestoreValue(swap, unified ? "0" : String.valueOf(limit), old(swap));
        return swapless.ours().equals(swapless.old()) ? List.of(tight) : List.of(swapless, tight);
    }

    private static String old(Path file) throws IOException {
        return KernelFile.text(file).orElseThrow(() -> new IOException(file + " cannot be read"));
    }

    /// Returns what there is to say about it.
    Map<String, String> shown() {
        return Map.of("control_group", folder.toString(), "version", unified ? "2" : "1");
    }
}
