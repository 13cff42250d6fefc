package io.ordeal.chaos.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that somebody else starts, known by its pid file.
public final class PidFileSubject implements Subject {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST = 32;
    /// The start time of a process is known to a hundredth of a second, and clocks are put right.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    /// Makes the subject whose pid `file` holds.
    public PidFileSubject(Path file) {
        this.file = file;
    }

    @Override
    public Optional<ProcessId> current() {
        try {
            if (Files.size(file) > LONGEST) {
                throw new NotHarmable(file + " is no pid file: it is longer than a number");
            }
            var text = Files.readString(file).strip();
            if (text.isEmpty()) {
                return Optional.empty(); // it is being written
            }
            if (!text.matches("[1-9][0-9]{0,9}")) {
                throw new NotHarmable(file + " holds no pid");
            }
            long pid = Long.parseLong(text);
            if (pid <= 1 || pid > Integer.MAX_VALUE || isOurs(pid)) {
                throw new NotHarmable(file + " names pid " + pid + ", the injector itself or what it depends on");
            }
            var process = ProcessId.of(pid);
            if (process.filter(this::isYounger).isPresent()) {
                throw new NotHarmable(file + " is older than the process that has the pid " + pid
                        + " now, so it means another one; write it again if it means this one");
            }
            return process;
        } catch (IOException _) {
            return Optional.empty(); // no file: it does not run
        }
    }

    @Override
    public void hold() {
        // its own supervisor decides when it comes back
    }

    @Override
    public void release() {
        // its own supervisor has to do it
    }

    @Override
    public String supervisor() {
        return "its own supervisor";
    }

    @Override
    public boolean ready() {
        return true; // whether it runs is not for us to bring about
    }

    @Override
    public Optional<String> awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var problem = "";
        while (System.nanoTime() < deadline) {
            try {
                if (current().isPresent()) {
                    return Optional.empty();
                }
                problem = "";
            } catch (NotHarmable e) {
                problem = ": " + e.getMessage(); // half-written, it can name anything
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Optional.of(
                "its own supervisor has not started it again within " + PATIENCE.toSeconds() + " s" + problem);
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void close() {
        // it is not ours
    }

    /// Whether `process` has been started after the file was written: then its pid has been given anew.
    private boolean isYounger(ProcessId process) {
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            return process.startedAt().minus(TOLERANCE).isAfter(written);
        } catch (IOException _) {
            return true; // the file has gone meanwhile
        }
    }

    /// Whether `pid` is this process or one that it descends from.
    private static boolean isOurs(long pid) {
        for (var handle = Optional.of(ProcessHandle.current());
                handle.isPresent();
                handle = handle.get().parent()) {
            if (handle.get().pid() == pid) {
                return true;
            }
        }
        return false;
    }
}
