package io.ordeal.chaos.resource;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program that keeps a memory in use up to a level, however others come and go: gauge (three words), level and
/// floor in bytes, milliseconds.
///
/// It takes in steps and looks in between, so that it stops at the level and never takes what the host must keep free.
public final class MemoryFiller {
    private static final int STEP = 16;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int GAUGE = 3;

    private final MemoryGauge gauge;
    private final long level;
    private final long floor;
    private final MemoryGauge host = new MemoryGauge.Host();
    private final MemoryHolder holder = new MemoryHolder();

    private MemoryFiller(MemoryGauge gauge, long level, long floor) {
        this.gauge = gauge;
        this.level = level;
        this.floor = floor;
    }

    /// Fills until the time is over; started under `GuardedMain`, also until the injector ends.
    public static void main(String[] args) {
        var gauge = MemoryGauge.read(Arrays.asList(args).subList(0, GAUGE));
        var filler = new MemoryFiller(gauge, Long.parseLong(args[GAUGE]), Long.parseLong(args[GAUGE + 1]));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[GAUGE + 2]));
        while (System.nanoTime() - end < 0) {
            if (filler.settled()) {
                System.out.println("held " + filler.holder.held());
                LockSupport.parkNanos(Math.min(LOOK_NANOS, end - System.nanoTime()));
            }
        }
    }

    /// Goes one step towards the level; returns whether it is there.
    private boolean settled() {
        long missing = Math.min(level - gauge.now().used(), host.now().free() - floor);
        long pieces = Math.clamp(missing / MemoryHolder.PIECE, -holder.held() / MemoryHolder.PIECE, STEP);
        for (long piece = 0; piece < pieces; piece++) {
            holder.grow();
        }
        for (long piece = pieces; piece < 0; piece++) {
            holder.shrink();
        }
        return pieces <= 0;
    }
}
