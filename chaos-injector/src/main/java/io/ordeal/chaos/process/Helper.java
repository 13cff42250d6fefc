package io.ordeal.chaos.process;

import io.ordeal.runtime.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A small program of ours in a process of its own. It carries a mark, ends with the injector, and has a time
/// limit.
final class Helper implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 2;
    private static final List<String> SMALL = List.of(
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final String mark;

    private Helper(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /// Starts `program`.
    ///
    /// @param heapMegabytes how large its heap may become
    /// @param mark what it carries; an undo for the mark is in the journal already
    /// @param log where its output goes
    static Helper start(Class<?> program, int heapMegabytes, List<String> args, String mark, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command(program, heapMegabytes, args));
        builder.environment().put(Marked.VARIABLE, mark);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Helper(builder.start(), mark);
    }

    /// Returns the command that starts it.
    static List<String> command(Class<?> program, int heapMegabytes, List<String> args) {
        var options = new ArrayList<>(SMALL);
        options.add("-Xmx" + heapMegabytes + "m");
        return Child.jvmCommand(Child.ownClassPath(), program.getName(), options, args);
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Ends it; ending twice is harmless.
    @Override
    public void close() {
        Marked.kill(mark);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
