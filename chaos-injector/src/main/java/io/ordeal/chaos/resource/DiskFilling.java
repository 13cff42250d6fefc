package io.ordeal.chaos.resource;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.HelperProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A helper that leaves a file system no more space than asked.
final class DiskFilling implements HelperLoad {
    private static final long BLOCK = 4096;
    private static final long TOLERANCE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double BYTES_PER_SECOND = 50e6;

    private final FileSystemUse disk;
    private final Duration limit;
    private final long keep;
    private final long free;
    private final String before;

    /// @param limit after which the helper ends by itself
    /// @throws InjectionFailed when it must not, or has nothing to take
    DiskFilling(FileSystemUse disk, double fill, Duration limit, SparedSpace spared) throws InjectionFailed {
        this.disk = disk;
        this.limit = limit;
        this.keep = Math.max((long) (disk.total() * (1 - fill)), disk.reserve());
        this.free = disk.free();
        this.before = disk.shown();
        if (free - keep < BLOCK) {
            throw new InjectionFailed(before + " is in use already, and " + Shown.bytes(keep)
                    + " are to stay free: nothing is left to do");
        }
        spared.check(disk, free - keep, keep);
    }

    @Override
    public List<String> command() {
        return HelperPlace.host()
                .jvm(
                        DiskFiller.class,
                        List.of(),
                        List.of(disk.folder().toString(), String.valueOf(keep), String.valueOf(limit.toMillis())));
    }

    @Override
    public void before() {
        // measured when it was asked for
    }

    @Override
    public Optional<Map<String, String>> shown(HelperProgram helper) throws InjectionFailed {
        long left = disk.free();
        boolean full = keep < BLOCK;
        var refusal = full ? refusal() : Optional.<String>empty();
        if (helper.lastLine().isEmpty() || (full ? refusal.isEmpty() : left > keep + TOLERANCE)) {
            return Optional.empty();
        }
        var evidence = new LinkedHashMap<>(
                Map.of("disk_before", before, "disk_during", disk.shown(), "disk_free", left + "B"));
        refusal.ifPresent(text -> evidence.put("probe", text));
        return Optional.of(evidence);
    }

    /// Returns what the file system says to somebody who wants to write a block, or empty where it takes it.
    private Optional<String> refusal() {
        try (var file = UnnamedFile.in(disk.folder())) {
            return file.grow(BLOCK) ? Optional.empty() : Optional.of("No space left on device");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage())).filter(message -> message.contains("No space left"));
        }
    }

    @Override
    public String missing() {
        return "the file system of " + disk.folder() + " does not come down to " + Shown.bytes(keep) + " free";
    }

    @Override
    public Duration patience() {
        return PATIENCE.plusMillis((long) (1000 * (free - keep) / BYTES_PER_SECOND));
    }

    /// The helper's space is back when somebody can have it; that others have written meanwhile is theirs.
    @Override
    public Optional<Map<String, String>> after() throws InjectionFailed {
        if (!Files.isDirectory(disk.folder())) {
            return Optional.of(Map.of("disk_after", disk.folder() + " is gone"));
        }
        return keep < BLOCK && refusal().isPresent() && disk.free() < BLOCK
                ? Optional.empty()
                : Optional.of(Map.of("disk_after", disk.shown()));
    }
}
