package io.ordeal.chaos.resource;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that keeps a memory in use up to a level, however others come and go: gauge (three words), level and
/// floor in bytes, milliseconds.
///
/// It takes in steps and looks in between, so that it stops at the level and never takes what the host must keep free.
/// What it takes is in a file in memory, of which it can give back any part, and which is gone when it is killed.
public final class MemoryFiller {
    /// How a line begins that tells the bytes it holds at the level.
    static final String HELD = "held ";

    /// What is less than that is not worth a step, bytes.
    static final long PIECE = 1 << 20;

    private static final long STEP = 16 * PIECE;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int GAUGE = 3;

    private final MemoryGauge gauge;
    private final long level;
    private final long floor;
    private final MemoryGauge host = new MemoryGauge.Host();
    private final UnnamedFile file;

    private MemoryFiller(MemoryGauge gauge, long level, long floor, UnnamedFile file) {
        this.gauge = gauge;
        this.level = level;
        this.floor = floor;
        this.file = file;
    }

    /// Fills until the time is over; started under `GuardedMain`, also until the injector ends.
    public static void main(String[] args) throws IOException {
        var gauge = MemoryGauge.read(Arrays.asList(args).subList(0, GAUGE));
        long level = Long.parseLong(args[GAUGE]);
        long floor = Long.parseLong(args[GAUGE + 1]);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[GAUGE + 2]));
        try (var file = UnnamedFile.inMemory()) {
            var filler = new MemoryFiller(gauge, level, floor, file);
            while (System.nanoTime() - end < 0) {
                if (filler.settled()) {
                    System.out.println(HELD + file.size());
                    LockSupport.parkNanos(Math.min(LOOK_NANOS, end - System.nanoTime()));
                }
            }
        }
    }

    /// Goes one step towards the level; returns whether it is there.
    private boolean settled() throws IOException {
        long missing = Math.min(level - gauge.now().used(), host.now().free() - floor);
        if (missing < 0) {
            file.shrink((PIECE - 1 - missing) / PIECE * PIECE);
        }
        return missing < PIECE || !file.grow(Math.min(missing / PIECE * PIECE, STEP));
    }
}
