package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.Think;

/// How long a user thinks.
public final class Pause {
    private Pause() {}

    /// Returns the time to think in nanoseconds for `draw`, a number from 0 to below 1.
    public static long nanos(Think think, double draw) {
        long min = think.min().toNanos();
        long max = think.max().toNanos();
        return switch (think.kind()) {
            case NONE -> 0;
            case CONSTANT -> min;
            case UNIFORM -> min + (long) (draw * (max - min));
            case EXPONENTIAL -> Math.min(max, (long) (-Math.log1p(-draw) * min));
        };
    }
}
