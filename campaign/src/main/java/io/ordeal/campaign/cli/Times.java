package io.ordeal.campaign.cli;

import java.time.Duration;

/// Durations in words.
final class Times {
    private Times() {}

    /// Returns for instance `45 s`, `16 min`, `12 h`.
    static String text(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3600.0) + " h";
    }
}
