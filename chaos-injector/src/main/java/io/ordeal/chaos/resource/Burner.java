package io.ordeal.chaos.resource;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that keeps cores busy for a limited time: load in percent, cores, milliseconds.
public final class Burner {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Burner() {}

    /// Says `burning`, then burns until the time is over; started under `GuardedMain`, also until the injector ends.
    public static void main(String[] args) throws InterruptedException {
        double load = Double.parseDouble(args[0]) / 100;
        int cores = Integer.parseInt(args[1]);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
        System.out.println("burning");
        var threads = new Thread[cores];
        for (int core = 0; core < cores; core++) {
            threads[core] = Thread.ofPlatform().name("burner-" + core).start(() -> burn(load, end));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    /// Spins for the busy part of each slice and rests for the other.
    private static void burn(double load, long end) {
        for (long slice = System.nanoTime(); slice < end; slice += SLICE_NANOS) {
            long busyUntil = slice + (long) (SLICE_NANOS * load);
            while (System.nanoTime() < busyUntil) {
                Thread.onSpinWait();
            }
            long rest = slice + SLICE_NANOS - System.nanoTime();
            if (load < 1 && rest > 0) {
                LockSupport.parkNanos(rest);
            }
        }
    }
}
