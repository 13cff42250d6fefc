package io.ordeal.chaos.process;

import io.ordeal.runtime.process.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program of ours that runs for one fault. It and what it starts carry a mark, and its standard input is a pipe that
/// only we hold.
public final class HelperProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 2;

    private final Process process;
    private final String mark;
    private volatile Optional<String> lastLine = Optional.empty();

    private HelperProgram(Process process, String mark) {
        this.process = process;
        this.mark = mark;
    }

    /// Starts `command`.
    ///
    /// @param mark what it carries; an undo for the mark is in the journal already
    /// @param log where its errors go
    /// @throws IOException when it cannot be started
    public static HelperProgram start(List<String> command, String mark, Path log) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().put(Marked.VARIABLE, mark);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var helper = new HelperProgram(builder.start(), mark);
        Thread.ofVirtual().name("helper-" + helper.pid()).start(helper::listen);
        return helper;
    }

    /// Returns the command of a small JVM of ours that runs `mainClass` until our end at the latest.
    public static List<String> jvm(Class<?> mainClass, List<String> jvmArguments, List<String> arguments) {
        var all = new ArrayList<>(List.of(
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        all.addAll(jvmArguments);
        return Child.jvmCommand(Child.ownClassPath(), mainClass.getName(), all, arguments);
    }

    /// Returns `command` as a dry run shows it: without the class path, which would fill the screen.
    public static String shown(List<String> command) {
        int flag = command.indexOf("-cp");
        if (flag < 0) {
            return String.join(" ", command);
        }
        var brief = new ArrayList<>(command);
        brief.set(flag + 1, "(class path)");
        return String.join(" ", brief);
    }

    /// Returns the pid of its main process.
    public long pid() {
        return process.pid();
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Returns the line that it has written last on its standard output.
    public Optional<String> lastLine() {
        return lastLine;
    }

    /// Returns its processes: itself and what it has started.
    public List<ProcessId> processes() {
        return Marked.carrying(mark);
    }

    /// Ends it with all that it has started, and waits a little for its end: what it holds is given back then, not
    /// before. Ending twice is harmless.
    @Override
    public void close() {
        process.destroy();
        Marked.kill(mark);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLine = Optional.of(line);
            }
        } catch (IOException _) {
            // it has ended
        }
    }
}
