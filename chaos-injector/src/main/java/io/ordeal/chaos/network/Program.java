package io.ordeal.chaos.network;

import io.ordeal.chaos.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Programs of the host: found once, run with argument lists and a time limit. Light enough for the guard.
final class Program {
    private static final long LIMIT_SECONDS = 5;

    private Program() {}

    /// What a program has said.
    ///
    /// @param out its standard output
    /// @param errors its standard error
    record Said(int status, String out, String errors) {
        boolean well() {
            return status == 0;
        }

        /// Returns what it has complained about, in one line.
        String problem() {
            var text = (errors.isBlank() ? out : errors).strip();
            var line = text.lines().findFirst().orElse("status " + status);
            return line.length() > 300 ? line.substring(0, 300) : line;
        }
    }

    /// Returns where the program `name` is on this host.
    static Optional<String> find(String name) {
        return Programs.installed(name).map(Path::toString);
    }

    /// Returns `command` with its program as an absolute path.
    ///
    /// @throws IllegalStateException when it is not installed
    static List<String> resolved(List<String> command) {
        var resolved = new ArrayList<>(command);
        resolved.set(
                0,
                find(command.getFirst())
                        .orElseThrow(() -> new IllegalStateException(command.getFirst() + " is not installed")));
        return resolved;
    }

    /// Runs `command` and waits for its end, at most five seconds.
    ///
    /// @throws IllegalStateException when it cannot be run or does not end in time
    static Said run(List<String> command) {
        return run(command, "");
    }

    /// Runs `command` with `input` on its standard input.
    static Said run(List<String> command, String input) {
        try {
            var process = new ProcessBuilder(resolved(command)).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var out = read(process.inputReader(StandardCharsets.UTF_8));
            var errors = read(process.errorReader(StandardCharsets.UTF_8));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + " does not end within " + LIMIT_SECONDS + " s");
            }
            return new Said(process.exitValue(), out.join(), errors.join());
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
        }
    }

    private static CompletableFuture<String> read(java.io.Reader reader) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            var all = new StringBuilder();
            var buffer = new char[4096];
            try (reader) {
                for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                    all.append(buffer, 0, n);
                }
            } catch (IOException _) {
                // what has come is what there is
            }
            text.complete(all.toString());
        });
        return text;
    }
}
