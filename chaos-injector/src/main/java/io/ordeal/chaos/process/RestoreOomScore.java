package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.KernelFile;
import io.ordeal.chaos.undo.Undo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// How gladly the kernel kills a process for want of memory is again what it was.
///
/// @param old from -1000, never, to 1000, first
public record RestoreOomScore(ProcessId process, int old) implements Undo {
    /// Its kind.
    public static final String WORD = "restore-oom-score";
    /// The first to be killed.
    public static final int FIRST = 1000;

    /// Reads what follows the kind.
    public static RestoreOomScore read(List<String> words) {
        return new RestoreOomScore(
                new ProcessId(Long.parseLong(words.get(0)), Long.parseLong(words.get(1))),
                Integer.parseInt(words.get(2)));
    }

    /// Returns what restores that of `process`.
    ///
    /// @throws IOException when it has ended
    public static RestoreOomScore of(ProcessId process) throws IOException {
        var text = KernelFile.text(file(process))
                .filter(_ -> process.alive())
                .orElseThrow(() -> new IOException("process " + process.pid() + " has ended"));
        return new RestoreOomScore(process, Integer.parseInt(text));
    }

    /// Makes the process the first to be killed.
    public void apply() throws IOException {
        write(FIRST);
    }

    @Override
    public void perform() {
        if (done()) {
            return;
        }
        try {
            write(old);
        } catch (IOException e) {
            if (!done()) {
                throw new IllegalStateException("the OOM score of " + process + " cannot be restored", e);
            }
        }
    }

    @Override
    public boolean done() {
        return old == FIRST
                || KernelFile.text(file(process))
                        .filter(_ -> process.alive())
                        .filter(String.valueOf(FIRST)::equals)
                        .isEmpty();
    }

    @Override
    public Map<String, String> evidence() {
        return Map.of(
                "oom_score_adj",
                KernelFile.text(file(process)).filter(_ -> process.alive()).orElse("ended"));
    }

    @Override
    public List<String> words() {
        return List.of(WORD, String.valueOf(process.pid()), String.valueOf(process.startTime()), String.valueOf(old));
    }

    /// The file is opened before the process is looked at: it stays that process's, whoever gets the pid after it.
    private void write(int score) throws IOException {
        try (var channel = FileChannel.open(file(process), StandardOpenOption.WRITE)) {
            if (!process.alive()) {
                throw new IOException("process " + process.pid() + " has ended");
            }
            channel.write(ByteBuffer.wrap(String.valueOf(score).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static Path file(ProcessId process) {
        return Path.of("/proc/" + process.pid() + "/oom_score_adj");
    }
}
