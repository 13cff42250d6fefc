package io.ordeal.chaos.injection;

import java.time.Duration;
import java.util.Locale;

/// Measured values as evidence carries them: a number and its unit.
public final class Shown {
    private Shown() {}

    public static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2fms", duration.toNanos() / 1e6);
    }

    public static String rate(double bytesPerSecond) {
        return bytesPerSecond >= 10_000
                ? String.format(Locale.ROOT, "%.1fKB/s", bytesPerSecond / 1e3)
                : String.format(Locale.ROOT, "%.1fB/s", bytesPerSecond);
    }

    /// Megabytes of a million bytes.
    public static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%.1fMB", bytes / 1e6);
    }

    public static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f%%", ratio * 100);
    }
}
