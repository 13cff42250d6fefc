package io.ordeal.chaos.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The guard process of one injector, kept running for as long as the injector does; see [GuardMain].
public final class Guard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Path folder;
    private final Thread watcher;
    private volatile Process process;
    private volatile boolean closed;

    private Guard(Path folder) {
        this.folder = folder;
        this.process = spawn(folder);
        this.watcher = Thread.ofVirtual().name("guard-watcher").unstarted(this::keepRunning);
    }

    /// Starts the guard of the journal in `folder`; it guards when this returns.
    ///
    /// @throws UncheckedIOException when it cannot be started: then nothing must be harmed
    public static Guard start(Path folder) {
        var guard = new Guard(folder);
        guard.watcher.start();
        return guard;
    }

    /// Whether it runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Returns its pid.
    public long pid() {
        return process.pid();
    }

    /// Lets it go: it undoes what the journal still holds, and ends.
    @Override
    public void close() {
        closed = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        watcher.interrupt();
    }

    private void keepRunning() {
        try {
            while (!closed) {
                process.waitFor();
                if (!closed) {
                    log.atError()
                            .addKeyValue("status", process.exitValue())
                            .log("the guard has ended; starting another");
                    process = spawn(folder);
                }
                TimeUnit.MILLISECONDS.sleep(200); // a guard that cannot live must not take the processor
            }
        } catch (InterruptedException _) {
            // closed
        } catch (UncheckedIOException e) {
            log.atError().setCause(e).log("the guard cannot be started again; no fault is accepted any more");
        }
    }

    private static Process spawn(Path folder) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                GuardMain.class.getName(),
                folder.toAbsolutePath().toString());
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("guard.log").toFile()))
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (out.readLine() == null) {
                throw new IOException(
                        "it ended with status " + process.waitFor() + "; see " + folder.resolve("guard.log"));
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("the guard process cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while starting the guard", e));
        }
    }
}
