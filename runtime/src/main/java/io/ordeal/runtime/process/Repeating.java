package io.ordeal.runtime.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Does something again and again on a thread of its own until it is closed.
public final class Repeating implements AutoCloseable {
    private final Duration pause;
    private final Task task;
    private final Thread thread;

    /// What is done; it deals with its own failures.
    public interface Task {
        /// Does it once.
        ///
        /// @throws InterruptedException when it is to end
        void run() throws InterruptedException;
    }

    private Repeating(String name, Duration pause, Task task) {
        this.pause = pause;
        this.task = task;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
    }

    /// Begins, after the first pause.
    ///
    /// @param pause between the end of one time and the beginning of the next
    public static Repeating start(String name, Duration pause, Task task) {
        var repeating = new Repeating(name, pause, task);
        repeating.thread.start();
        return repeating;
    }

    /// Ends it, and waits for one that is under way.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                task.run();
            }
        } catch (InterruptedException _) {
            // closed
        }
    }
}
