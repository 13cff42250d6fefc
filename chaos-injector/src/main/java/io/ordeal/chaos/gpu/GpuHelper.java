package io.ordeal.chaos.gpu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that uses a GPU through the CUDA driver: `list` and a library; `read`, a library and a device; or `fill`,
/// a
/// library, a device, bytes that stay free, and milliseconds. What it sees it writes line by line.
public final class GpuHelper {
    private static final long STEP = 256L << 20;
    private static final long LEAST = 2L << 20;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CudaDriver driver;
    private final Deque<Long> pieces = new ArrayDeque<>();

    private GpuHelper(CudaDriver driver) {
        this.driver = driver;
    }

    /// Does what it is asked; started under `GuardedMain`, until the injector ends at the latest.
    public static void main(String[] args) {
        try {
            var helper = new GpuHelper(CudaDriver.load(args[1]));
            switch (args[0]) {
                case "list" -> helper.list();
                case "read" -> {
                    helper.use(args[2]);
                    System.out.println(helper.driver.memory().line());
                }
                case "fill" -> {
                    helper.use(args[2]);
                    helper.fill(Long.parseLong(args[3]), TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[4])));
                }
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (CudaFailed e) {
            System.out.println("failed " + e.getMessage());
            System.exit(1);
        }
    }

    private void list() throws CudaFailed {
        for (int number = 0; number < driver.devices(); number++) {
            System.out.println(device(number).line());
        }
    }

    private GpuDevice device(int number) throws CudaFailed {
        int device = driver.device(number);
        return new GpuDevice(number, driver.uuid(device), driver.total(device), driver.name(device));
    }

    private void use(String wanted) throws CudaFailed {
        for (int number = 0; number < driver.devices(); number++) {
            if (device(number).is(wanted)) {
                driver.use(driver.device(number));
                return;
            }
        }
        throw new CudaFailed("there is no GPU " + wanted, -1);
    }

    /// Holds the memory at its level until the time is over, however others take and give.
    private void fill(long keep, long nanos) throws CudaFailed {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            if (settled(keep)) {
                System.out.println(driver.memory().line());
                LockSupport.parkNanos(Math.min(LOOK_NANOS, end - System.nanoTime()));
            }
        }
        while (!pieces.isEmpty()) {
            driver.give(pieces.pop());
        }
    }

    private boolean settled(long keep) throws CudaFailed {
        long missing = driver.memory().free() - keep;
        if (missing < 0 && !pieces.isEmpty()) {
            driver.give(pieces.pop());
            return driver.memory().free() >= keep || pieces.isEmpty();
        }
        for (long bytes = whole(Math.min(missing, STEP)); bytes >= LEAST; bytes = whole(bytes / 2)) {
            try {
                pieces.push(driver.take(bytes));
                return false;
            } catch (CudaFailed e) {
                if (!e.outOfMemory()) {
                    throw e;
                }
                // somebody else was quicker, or it is in pieces: a smaller one may fit
            }
        }
        return true;
    }

    /// The driver gives whole pieces: half of one would be taken as one, and the level missed.
    private static long whole(long bytes) {
        return bytes / LEAST * LEAST;
    }
}
