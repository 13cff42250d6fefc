package io.ordeal.chaos.cgroup;

import io.ordeal.chaos.posix.KernelFile;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A limit of a control group is again what it was before.
///
/// What somebody else has set meanwhile stays, and so does a group of that name that was made anew: only the value that
/// a fault has written is taken back.
///
/// @param file a limit of a control group, nothing else
/// @param before what stood there
/// @param during what the fault writes
public record RestoreGroupLimit(Path file, String before, String during) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-group-limit";

    private static final Set<String> LIMITS = Set.of(
            "cpu.max",
            "cpu.cfs_quota_us",
            "memory.max",
            "memory.limit_in_bytes",
            "memory.swap.max",
            "memory.memsw.limit_in_bytes",
            "pids.max");
    /// The kernel rounds memory to pages, of 64 KiB at most.
    private static final long PAGE = 64 << 10;

    /// @throws IllegalArgumentException when `file` is no limit of a control group
    public RestoreGroupLimit {
        if (!file.isAbsolute()
                || !file.equals(file.normalize())
                || !LIMITS.contains(String.valueOf(file.getFileName()))) {
            throw new IllegalArgumentException("not a limit of a control group: " + file);
        }
    }

    /// Reads what follows the kind.
    public static RestoreGroupLimit read(List<String> words) {
        return new RestoreGroupLimit(Path.of(words.get(0)), words.get(1), words.get(2));
    }

    @Override
    public void perform() {
        if (!done()) {
            write(before);
        }
    }

    @Override
    public boolean done() {
        return now().filter(text -> !same(text, before) && same(text, during)).isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of(name() + "_after", now().orElse("the group is gone"));
    }

    @Override
    public List<String> words() {
        return List.of(WORD, file.toString(), before, during);
    }

    /// Returns what stands there now, or empty when the group is gone.
    public Optional<String> now() {
        return Files.exists(file.resolveSibling("cgroup.procs")) ? KernelFile.text(file) : Optional.empty();
    }

    /// Whether the value of the fault stands there.
    public boolean inForce() {
        return now().filter(text -> same(text, during)).isPresent();
    }

    /// Returns the limit's name as evidence has it.
    public String name() {
        return file.getFileName().toString().replace('.', '_');
    }

    /// Writes the value of the fault, or another.
    ///
    /// @throws IllegalStateException when the kernel does not take it
    public void write(String text) {
        try {
            Files.writeString(
                    file,
                    text,
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(file + " does not take `" + text + "`: " + e.getMessage(), e);
        }
    }

    private boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        boolean bytes = file.getFileName().toString().startsWith("memory.");
        var number = "[0-9]{1,18}";
        return bytes
                && one.matches(number)
                && other.matches(number)
                && Math.abs(Long.parseLong(one) - Long.parseLong(other)) < PAGE;
    }
}
