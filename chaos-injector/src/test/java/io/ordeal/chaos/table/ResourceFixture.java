package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The host, a control group with a process in it, and a small file system.
public final class ResourceFixture implements FaultFixture {
    private static final String NAME = "ordeal-test-" + UUID.randomUUID();
    private static final long MEGABYTE = 1 << 20;

    private final String name = NAME + "-" + System.nanoTime();
    private final Path folder;
    private final Path disk;
    private final List<Path> groups = new ArrayList<>();
    private final Map<Path, String> limits = new HashMap<>();
    private final Process resident;

    /// Makes them.
    ///
    /// @param folder an empty one, in which the file system is mounted
    public ResourceFixture(Path folder) {
        this.folder = folder;
        this.disk = folder.resolve("disk");
        try {
            Files.createDirectories(disk);
            run("mount", "-t", "tmpfs", "-o", "size=64m", "ordeal-test", disk.toString());
            resident = new ProcessBuilder("sleep", "1000").start();
            for (var controller : List.of("cpu", "memory", "pids")) {
                var group = hierarchy(controller).resolve(name);
                Files.createDirectory(group);
                groups.add(group);
                Files.writeString(group.resolve("cgroup.procs"), String.valueOf(resident.pid()));
            }
            var memory = Files.exists(group("memory").resolve("memory.max")) ? "memory.max" : "memory.limit_in_bytes";
            Files.writeString(group("memory").resolve(memory), String.valueOf(256 * MEGABYTE));
            keepLimits();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the group's folder in the hierarchy of `controller`.
    public Path group(String controller) {
        return hierarchy(controller).resolve(name);
    }

    /// Returns the group's path below the root of its hierarchies.
    public String groupPath() {
        return name;
    }

    /// Returns the folder of the small file system.
    public Path disk() {
        return disk;
    }

    /// Returns the process in the group.
    public Process resident() {
        return resident;
    }

    /// Returns where the hierarchy of `controller` is mounted, version 2 before version 1.
    static Path hierarchy(String controller) {
        var root = Path.of("/sys/fs/cgroup");
        for (var second : List.of(root, root.resolve("unified"))) {
            if (read(second.resolve("cgroup.subtree_control")).contains(controller)) {
                return second;
            }
        }
        return root.resolve(controller);
    }

    @Override
    public String targets() {
        return """
              r-host: {host: {}}
              r-group: {cgroup: {path: %s}}
              r-disk: {directory: {path: "%s"}}
            """.formatted(name, disk);
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                new Asked(FaultKind.CPU, Facet.HOST, "r-host", Map.of("load", "20%", "cores", "1")),
                new Asked(FaultKind.MEMORY, Facet.HOST, "r-host", Map.of("fill", someMemory())),
                new Asked(FaultKind.CPU, Facet.CGROUP, "r-group", Map.of("load", "20%", "cores", "1")),
                new Asked(FaultKind.THROTTLE, Facet.CGROUP, "r-group", Map.of("quota", "10%")),
                new Asked(FaultKind.MEMORY, Facet.CGROUP, "r-group", Map.of("fill", "60%")),
                new Asked(FaultKind.MEMORY_LIMIT, Facet.CGROUP, "r-group", Map.of("limit", "128MB")),
                new Asked(FaultKind.THREADS, Facet.CGROUP, "r-group", Map.of("left", "0")),
                new Asked(FaultKind.DISK_FILL, Facet.DIRECTORY, "r-disk", Map.of("fill", "100%")),
                new Asked(FaultKind.DISK_IO, Facet.DIRECTORY, "r-disk", Map.of("workers", "2")),
                new Asked(FaultKind.OOM, Facet.CGROUP, "r-group", Map.of()));
    }

    @Override
    public Optional<String> left() {
        var left = new ArrayList<String>();
        limits.forEach((file, before) -> {
            if (!read(file).equals(before)) {
                left.add(file + " holds " + read(file) + " where it held " + before);
            }
        });
        for (var group : groups) {
            for (var pid : read(group.resolve("cgroup.procs")).lines().toList()) {
                if (!pid.equals(String.valueOf(resident.pid()))) {
                    left.add("pid " + pid + " is in " + group);
                }
            }
        }
        try (var files = Files.list(disk)) {
            files.forEach(file -> left.add(file.toString()));
            var store = Files.getFileStore(disk);
            if (store.getUsableSpace() < store.getTotalSpace()) {
                left.add(store.getTotalSpace() - store.getUsableSpace() + " bytes are in use on " + disk);
            }
        } catch (IOException e) {
            left.add(e.toString());
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", left));
    }

    @Override
    public void close() {
        Optional.ofNullable(resident).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        for (var group : groups) {
            group.toFile().delete();
        }
        run("umount", "-l", disk.toString());
        disk.toFile().delete();
        folder.toFile().delete();
    }

    /// Returns the part of the host's memory that some more than now would be: so much that others, who come and go
    /// meanwhile, do not fill it.
    public static String someMemory() {
        long total = memory("MemTotal");
        long available = memory("MemAvailable");
        long wanted = total - available + Math.min(600 << 10, available / 8);
        return String.format(Locale.ROOT, "%.2f%%", 100.0 * wanted / total);
    }

    private static long memory(String key) {
        return read(Path.of("/proc/meminfo"))
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private void keepLimits() {
        for (var name : List.of("cpu.max", "cpu.cfs_quota_us", "memory.max", "memory.limit_in_bytes", "pids.max")) {
            for (var group : groups) {
                var file = group.resolve(name);
                if (Files.exists(file)) {
                    limits.put(file, read(file));
                }
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException _) {
            return "";
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
