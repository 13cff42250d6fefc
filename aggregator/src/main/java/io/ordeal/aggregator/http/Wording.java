package io.ordeal.aggregator.http;

import io.ordeal.aggregator.judge.Words;
import io.ordeal.schemas.objective.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times and values as the pages show them.
final class Wording {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    /// Returns a position in time: `07:46`, `1:02:03`.
    static String clock(Duration position) {
        long seconds = Math.max(0, position.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String day(Instant at) {
        return DAY.format(at);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    static String seconds(Duration duration) {
        return Math.max(0, Math.round(duration.toMillis() / 1e3)) + " s";
    }

    /// Returns an observed value beside its limit: where both would look alike it says on which side it is.
    static String observed(double observed, double limit, Unit unit) {
        var text = Words.quantity(observed, unit);
        if (observed == limit || !text.equals(Words.quantity(limit, unit))) {
            return text;
        }
        return text + (observed > limit ? ", just above" : ", just below");
    }

    static String rate(double perSecond) {
        return String.format(
                Locale.ROOT, perSecond < 100 && perSecond != Math.rint(perSecond) ? "%.1f/s" : "%,.0f/s", perSecond);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, part == 0 ? "%.0f %%" : part < 0.1 ? "%.2f %%" : "%.1f %%", part * 100);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
