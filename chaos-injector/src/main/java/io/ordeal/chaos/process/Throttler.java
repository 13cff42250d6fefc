package io.ordeal.chaos.process;

import io.ordeal.chaos.posix.Posix;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that gives a process a part of one core and no more, for a limited time: by SIGSTOP whenever it has
/// used up what it has been given, and SIGCONT when there is more. However it ends in order, it ends with SIGCONT.
///
/// Arguments: pid, start time, part of a core, milliseconds.
public final class Throttler {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /// What can be saved up, so that a process that has rested does not run freely for long.
    private static final long MOST_SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /// The debt to begin with: long enough for the first stop to be seen.
    private static final long FIRST_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final ProcessId process;
    private final double quota;
    private boolean stopped;
    private boolean over;

    private Throttler(ProcessId process, double quota) {
        this.process = process;
        this.quota = quota;
    }

    /// Throttles until the time is over or the process has ended; started under `GuardedMain`, also until the
    /// injector has ended.
    public static void main(String[] args) {
        var throttler = new Throttler(
                new ProcessId(Long.parseLong(args[0]), Long.parseLong(args[1])), Double.parseDouble(args[2]));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(throttler::end));
        throttler.run(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3])));
        throttler.end();
    }

    /// The balance is what the process has been given and has not used, in nanoseconds of CPU time.
    private void run(long end) {
        hold(true); // the first call of the system takes long: what it costs must not be saved up
        long used = Posix.cpuNanos(process.pid()).orElse(0);
        long at = System.nanoTime();
        double balance = -FIRST_STOP_NANOS * quota;
        while (System.nanoTime() - end < 0 && process.alive()) {
            long now = System.nanoTime();
            long usedNow = Posix.cpuNanos(process.pid()).orElse(used);
            balance = Math.min((double) MOST_SAVED_NANOS, balance + (now - at) * quota - (usedNow - used));
            at = now;
            used = usedNow;
            hold(balance < 0);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Nothing is stopped once the end has begun.
    private synchronized void hold(boolean hold) {
        if (!over && hold != stopped) {
            process.signal(hold ? Posix.SIGSTOP : Posix.SIGCONT);
            stopped = hold;
        }
    }

    private synchronized void end() {
        over = true;
        process.signal(Posix.SIGCONT);
    }
}
