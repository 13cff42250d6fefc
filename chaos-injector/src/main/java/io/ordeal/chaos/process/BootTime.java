package io.ordeal.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Time as the kernel dates the start of processes: in clock ticks since boot.
final class BootTime {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long TICK_MILLIS = 10;

    private BootTime() {}

    /// Returns the tick of now.
    static long now() {
        try {
            var text = Files.readString(UPTIME, StandardCharsets.US_ASCII);
            return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000) / TICK_MILLIS;
        } catch (IOException e) {
            throw new UncheckedIOException("there is no time since boot", e);
        }
    }

    /// Returns how long ago `tick` was.
    static Duration since(long tick) {
        return between(tick, now());
    }

    /// Returns the time from one tick to another, not below 0.
    static Duration between(long earlier, long later) {
        return Duration.ofMillis(Math.max(0, later - earlier) * TICK_MILLIS);
    }
}
