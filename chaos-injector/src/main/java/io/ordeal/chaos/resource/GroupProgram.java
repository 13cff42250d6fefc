package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.process.Marked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A small program in a control group, for a look at what it gets there.
final class GroupProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;

    private GroupProgram(Process process) {
        this.process = process;
    }

    /// Starts `command` and moves it into `group`.
    static GroupProgram start(ControlGroup group, List<String> command, String mark) throws InjectionFailed {
        var builder = new ProcessBuilder(command);
        builder.environment().put(Marked.VARIABLE, mark);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            var program = new GroupProgram(builder.start());
            Files.writeString(group.procs(), String.valueOf(program.pid()), StandardCharsets.US_ASCII);
            return program;
        } catch (IOException e) {
            Marked.kill(mark);
            throw new InjectionFailed("a probe cannot be started in " + group, e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// Gives it `text` as all of its input and returns its exit status.
    int answer(String text) throws InjectionFailed, InterruptedException {
        try (var input = process.outputWriter(StandardCharsets.US_ASCII)) {
            input.write(text);
        } catch (IOException e) {
            throw new InjectionFailed("the probe has ended", e);
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new InjectionFailed("the probe does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
