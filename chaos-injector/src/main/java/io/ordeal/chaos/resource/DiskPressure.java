package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.posix.KernelFile;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.HelperProgram;
import io.ordeal.chaos.process.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A helper that writes to a disk and forces what it writes. It takes little space, over and over again.
final class DiskPressure implements HelperLoad {
    private static final long MOST = 64L << 20;
    private static final long LEAST = 1 << 20;
    private static final Duration SAMPLE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FileSystemUse disk;
    private final int workers;
    private final Duration limit;
    private final long size;

    /// @param limit after which the helper ends by itself
    /// @throws InjectionFailed when it must not, or has no space
    DiskPressure(FileSystemUse disk, int workers, Duration limit, SparedSpace spared) throws InjectionFailed {
        this.disk = disk;
        this.workers = workers;
        this.limit = limit;
        long room = disk.free() - disk.reserve();
        this.size = Math.min(MOST, room / 2 / workers / LEAST * LEAST);
        if (size < LEAST) {
            throw new InjectionFailed("there is no room for " + workers + " writers of 1MB in twice as much: "
                    + Shown.bytes(Math.max(0, room)) + " are free beside the reserve");
        }
        spared.check(disk, workers * size, disk.free() - workers * size);
    }

    @Override
    public List<String> command() {
        return HelperPlace.host()
                .jvm(
                        DiskWriter.class,
                        List.of(),
                        List.of(
                                disk.folder().toString(),
                                String.valueOf(workers),
                                String.valueOf(size),
                                String.valueOf(limit.toMillis())));
    }

    @Override
    public void before() {
        // there is nothing to compare with
    }

    @Override
    public Optional<Map<String, String>> shown(HelperProgram helper) throws InterruptedException {
        long start = System.nanoTime();
        long before = written(helper);
        TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
        long bytes = written(helper) - before;
        // A JVM that starts writes nothing, or a line: this is more.
        return bytes < LEAST / 2
                ? Optional.empty()
                : Optional.of(Map.of(
                        "written",
                        Shown.rate(bytes * 1e9 / (System.nanoTime() - start)),
                        "writers",
                        String.valueOf(workers),
                        "file_system",
                        disk.store().type()));
    }

    private static long written(HelperProgram helper) {
        return helper.processes().stream()
                .map(ProcessId::pid)
                .flatMap(pid -> KernelFile.text(Path.of("/proc/" + pid + "/io")).stream())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                .sum();
    }

    @Override
    public String missing() {
        return "nothing is written to " + disk.folder();
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<Map<String, String>> after() throws InjectionFailed {
        if (!Files.isDirectory(disk.folder())) {
            return Optional.of(Map.of("disk_after", disk.folder() + " is gone"));
        }
        return Optional.of(Map.of("disk_after", disk.shown()));
    }
}
