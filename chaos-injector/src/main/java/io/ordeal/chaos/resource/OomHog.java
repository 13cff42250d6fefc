package io.ordeal.chaos.resource;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// A program in a control group that takes memory until the kernel has killed for want of it: gauge (three words),
/// kills
/// so far, most bytes, milliseconds. It is the last that the kernel would choose.
public final class OomHog {
    private static final int GAUGE = 3;
    /// Less than any victim gives back, so that one is enough.
    private static final long PIECE = 64 << 10;

    private OomHog() {}

    /// Takes memory piece by piece and ends, and so gives it back, with the first kill.
    public static void main(String[] args) throws IOException {
        var gauge = MemoryGauge.read(Arrays.asList(args).subList(0, GAUGE));
        long kills = Long.parseLong(args[GAUGE]);
        long most = Long.parseLong(args[GAUGE + 1]);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[GAUGE + 2]));
        // Memory of a file counts for the group and for no process: whom the kernel kills is not the one who takes.
        try (var file = UnnamedFile.inMemory()) {
            while (gauge instanceof MemoryGauge.Group(var group)
                    && OutOfMemoryInjection.kills(group) <= kills
                    && file.size() < most
                    && System.nanoTime() - end < 0) {
                file.grow(PIECE);
            }
        }
    }
}
