package io.ordeal.chaos.process;

import io.ordeal.chaos.policy.ProcessFacet.Readiness;
import io.ordeal.chaos.policy.ProcessFacet.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program that is kept running: started again when it ends, unless it is held down.
///
/// It carries a mark ([Marked]) by which the guard finds and kills it, with all that it started, when the injector
/// is gone. Its standard input is a pipe of ours, so that a program which watches it ends by itself even sooner.
public final class SupervisedSubject implements Subject {
    private static final Logger log = LoggerFactory.getLogger(SupervisedSubject.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String name;
    private final Supervised program;
    private final Path output;
    private final String mark;
    private final Thread supervisor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<Process> process = Optional.empty();
    private boolean held;
    private boolean closed;

    private SupervisedSubject(String name, Supervised program, Path output, String mark) {
        this.name = name;
        this.program = program;
        this.output = output;
        this.mark = mark;
        this.supervisor = Thread.ofVirtual().name("supervisor-" + name).unstarted(this::supervise);
    }

    /// Starts `program` and keeps it running.
    ///
    /// @param output where what it prints goes
    /// @param mark what it carries; an undo for the mark is in the journal already
    public static SupervisedSubject start(String name, Supervised program, Path output, String mark) {
        var subject = new SupervisedSubject(name, program, output, mark);
        subject.supervisor.start();
        return subject;
    }

    @Override
    public Optional<ProcessId> current() {
        return running().filter(Process::isAlive).flatMap(running -> ProcessId.of(running.pid()));
    }

    @Override
    public void hold() {
        change(() -> held = true);
    }

    @Override
    public void release() {
        change(() -> held = false);
    }

    @Override
    public String supervisor() {
        return "the injector";
    }

    @Override
    public boolean ready() {
        return current().isPresent()
                && program.ready().map(Readiness::url).map(ReadyProbe::answers).orElse(true);
    }

    @Override
    public Optional<String> awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + patience().toNanos();
        while (System.nanoTime() < deadline) {
            if (ready()) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        return Optional.of(name + " is not ready after " + patience().toSeconds() + " s; its output is in " + output);
    }

    @Override
    public Duration patience() {
        return program.ready().map(Readiness::timeout).orElse(Readiness.USUAL);
    }

    /// Ends the program: politely, then by force, then whatever it has left behind.
    @Override
    public void close() {
        change(() -> closed = true);
        running().ifPresent(running -> {
            try {
                running.destroy();
                if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    running.destroyForcibly().waitFor();
                }
            } catch (InterruptedException _) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
        Marked.kill(mark);
    }

    private void supervise() {
        var pause = SHORTEST_PAUSE;
        try {
            while (awaitWanted()) {
                long started = System.nanoTime();
                var running = spawn();
                if (running.isPresent()) {
                    int status = running.get().waitFor();
                    log.atInfo()
                            .addKeyValue("target", name)
                            .addKeyValue("status", status)
                            .log("process has ended");
                }
                if (wantedDown()) {
                    pause = SHORTEST_PAUSE;
                    continue;
                }
                boolean lasted = System.nanoTime() - started > LONGEST_PAUSE.toNanos();
                pause = lasted ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Process> spawn() {
        lock.lock();
        try {
            if (closed || held) {
                return Optional.empty();
            }
            var builder = new ProcessBuilder(command(program.command()));
            program.directory().ifPresent(directory -> builder.directory(directory.toFile()));
            builder.environment().putAll(program.environment());
            builder.environment().putAll(Map.of(Marked.VARIABLE, mark));
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            var started = builder.start();
            process = Optional.of(started);
            log.atInfo()
                    .addKeyValue("target", name)
                    .addKeyValue("pid", started.pid())
                    .log("process started");
            return Optional.of(started);
        } catch (IOException e) {
            log.atError().setCause(e).addKeyValue("target", name).log("process cannot be started");
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// A session of its own keeps a terminal's Ctrl-C, which is for us, away from it.
    static List<String> command(List<String> program) {
        if (!Files.isExecutable(SETSID)) {
            return program;
        }
        var command = new ArrayList<String>();
        command.add(SETSID.toString());
        command.addAll(program);
        return command;
    }

    private Optional<Process> running() {
        lock.lock();
        try {
            return process;
        } finally {
            lock.unlock();
        }
    }

    /// Waits while it is held; false when it is over.
    private boolean awaitWanted() throws InterruptedException {
        lock.lock();
        try {
            while (held && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean wantedDown() {
        lock.lock();
        try {
            return held || closed;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
