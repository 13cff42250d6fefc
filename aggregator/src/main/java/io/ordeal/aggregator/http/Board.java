package io.ordeal.aggregator.http;

import io.ordeal.aggregator.query.RunView;
import io.ordeal.aggregator.query.Runs;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/// The runs, shared between the one who learns of them and those who ask. Thread-safe.
public final class Board {
    private final Runs runs = new Runs();
    private boolean complete;
    private boolean closed;

    /// Takes note of something new, and wakes those who wait for it.
    public synchronized void update(Consumer<Runs> change) {
        change.accept(runs);
        notifyAll();
    }

    /// Everything that was there at the start has been read.
    public synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /// Whether everything that was there at the start has been read.
    synchronized boolean isComplete() {
        return complete;
    }

    /// Lets everybody who waits go.
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Returns what `question` finds out.
    synchronized <T> T ask(Function<Runs, T> question) {
        return question.apply(runs);
    }

    /// Waits until more than `version` is known of `run`, or nothing any more; false when nothing has come within
    /// `patience`.
    synchronized boolean await(String run, long version, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!closed && runs.find(run).map(RunView::version).orElse(Long.MAX_VALUE) <= version) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        if (closed) {
            throw new InterruptedException("closed");
        }
        return true;
    }
}
