package io.ordeal.chaos.process;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.posix.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The memory control group of a process and what it has started, and of nothing else.
record MemoryGroup(ControlGroup group) {
    /// The largest page of all architectures: the kernel rounds to pages.
    private static final long PAGE = 65_536;

    /// What was looked for, or why there is none.
    sealed interface Found {
        record Own(MemoryGroup group) implements Found {}

        record None(String reason) implements Found {}
    }

    /// Looks for the group of `victim`.
    static Found of(Victim victim) {
        var group = Hierarchies.ofHost()
                .groupOf(Controller.MEMORY, victim.process().pid())
                .filter(found -> !found.path().toString().isEmpty())
                .map(MemoryGroup::new);
        if (group.isEmpty() || !victim.process().alive()) {
            return new Found.None("its memory control group is the root, or none");
        }
        try {
            return group.get().examined(victim);
        } catch (IOException e) {
            return new Found.None("its memory control group cannot be read: " + e.getMessage());
        }
    }

    private boolean unified() {
        return group.version() == 2;
    }

    /// Returns the file that limits memory.
    private Path limit() {
        return group.file(unified() ? "memory.max" : "memory.limit_in_bytes");
    }

    /// Returns the file that limits what may be swapped out, which is a limit of both together in version 1; there
    /// is none without swap accounting.
    private Optional<Path> swapLimit() {
        return Optional.of(group.file(unified() ? "memory.swap.max" : "memory.memsw.limit_in_bytes"))
                .filter(Files::isWritable);
    }

    /// Returns how many bytes are in use.
    private long used() throws IOException {
        var name = unified() ? "memory.current" : "memory.usage_in_bytes";
        return group.number(name).orElseThrow(() -> new IOException(group + " tells no memory use"));
    }

    /// Returns how many processes the kernel has killed in it for want of memory.
    long kills() {
        return group.number(unified() ? "memory.events" : "memory.oom_control", "oom_kill")
                .orElse(0L);
    }

    private Found examined(Victim victim) throws IOException {
        if (!Files.isWritable(limit()) || !Files.isWritable(group.procs())) {
            return new Found.None("its memory control group cannot be written");
        }
        var family = new HashSet<Long>(Set.of(victim.process().pid()));
        victim.family().forEach(member -> family.add(member.pid()));
        if (!family.containsAll(processes())) {
            return new Found.None("it shares its memory control group");
        }
        if (group.number("memory.oom_control", "oom_kill_disable")
                .filter(disabled -> disabled != 0)
                .isPresent()) {
            return new Found.None("its memory control group stops rather than kills");
        }
        if (group.text("memory.oom.group").filter("1"::equals).isPresent()) {
            return new Found.None("its memory control group is killed as a whole");
        }
        return new Found.Own(this);
    }

    /// Returns the members of the group and of those below it.
    private Set<Long> processes() throws IOException {
        var processes = new HashSet<Long>();
        try (var folders = Files.walk(group.folder())) {
            for (var below : folders.filter(Files::isDirectory).toList()) {
                Files.readAllLines(below.resolve("cgroup.procs")).forEach(line -> processes.add(Long.parseLong(line)));
            }
        }
        return processes;
    }

    /// Returns a limit of memory, and one of swap where there is any, that leave hardly more than is in use, in the
    /// order in which they are to be restored.
    List<RestoreGroupLimit> tight(long room) throws IOException {
        var before = before(limit());
        long most = before.equals("max") ? Long.MAX_VALUE : Long.parseLong(before) - 1;
        var during = String.valueOf(Math.min(used() + room, most) / PAGE * PAGE);
        var tight = new RestoreGroupLimit(limit(), before, during);
        if (swapLimit().isEmpty()) {
            return List.of(tight);
        }
        var swap = swapLimit().get();
        // In version 1 it must not be below the other limit: it is lowered last and restored first.
        var swapless = new RestoreGroupLimit(swap, before(swap), unified() ? "0" : during);
        return swapless.before().equals(swapless.during()) ? List.of(tight) : List.of(swapless, tight);
    }

    private static String before(Path file) throws IOException {
        return KernelFile.text(file).orElseThrow(() -> new IOException(file + " cannot be read"));
    }

    /// Returns what there is to say about it.
    Map<String, String> shown() {
        return Map.of("control_group", group.toString(), "version", String.valueOf(group.version()));
    }
}
