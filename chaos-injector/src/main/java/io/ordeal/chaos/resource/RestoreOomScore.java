package io.ordeal.chaos.resource;

import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process that was made the first for the kernel to kill is again what it was.
///
/// @param before its `oom_score_adj`
public record RestoreOomScore(ProcessId process, String before) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-oom-score";

    private static final String FIRST = "1000";

    /// Reads what follows the kind.
    public static RestoreOomScore read(List<String> words) {
        var process = new ProcessId(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
        return new RestoreOomScore(process, words.get(2));
    }

    /// Returns how it is undone that `process` is made the first to be killed.
    static Optional<RestoreOomScore> of(ProcessId process) {
        return CgroupFolder.read(file(process)).map(before -> new RestoreOomScore(process, before));
    }

    /// Makes the process the first to be killed.
    ///
    /// @throws IOException when the system does not let us
    void raise() throws IOException {
        write(FIRST);
    }

    @Override
    public void perform() {
        try {
            if (!done()) {
                write(before);
            }
        } catch (IOException e) {
            if (process.alive()) {
                throw new IllegalStateException(file(process) + " does not take `" + before + "`", e);
            }
        }
    }

    @Override
    public boolean done() {
        return before.equals(FIRST)
                || !process.alive()
                || CgroupFolder.read(file(process)).filter(FIRST::equals).isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of(
                "oom_score_after",
                process.alive() ? CgroupFolder.read(file(process)).orElse("") : "the process ended");
    }

    @Override
    public List<String> words() {
        return List.of(WORD, String.valueOf(process.pid()), String.valueOf(process.startTime()), before);
    }

    private void write(String text) throws IOException {
        if (process.alive()) {
            Files.writeString(file(process), text, StandardCharsets.US_ASCII);
        }
    }

    private static Path file(ProcessId process) {
        return Path.of("/proc/" + process.pid() + "/oom_score_adj");
    }
}
