package io.ordeal.campaign.screen;

import io.ordeal.schemas.objective.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// Numbers as people read them: three significant digits, a unit on every value, thousands separated.
public final class Figures {
    private static final int DIGITS = 3;
    private static final int MOST_DIGITS = 9;

    private Figures() {}

    /// Returns a length of time: `500 ms`, `2.5 s`, `10 min`, `1.5 h`.
    public static String span(Duration duration) {
        return seconds(duration.toNanos() / 1e9, DIGITS);
    }

    /// Returns a length of time in seconds: `0.412` is `412 ms`.
    public static String seconds(double seconds) {
        return seconds(seconds, DIGITS);
    }

    private static String seconds(double seconds, int digits) {
        double size = Math.abs(seconds);
        if (size == 0) {
            return "0 s";
        }
        if (size < 0.0009995) {
            return significant(seconds * 1e6, digits) + " us";
        }
        if (size < 0.9995) {
            return significant(seconds * 1e3, digits) + " ms";
        }
        if (size < 120) {
            return significant(seconds, digits) + " s";
        }
        return size < 7200 ? significant(seconds / 60, digits) + " min" : significant(seconds / 3600, digits) + " h";
    }

    /// Returns a latency given in microseconds.
    public static String micros(long micros) {
        return seconds(micros / 1e6, DIGITS);
    }

    /// Returns a latency given in microseconds and parts of them.
    public static String micros(double micros) {
        return seconds(micros / 1e6, DIGITS);
    }

    /// Returns a position in time: `0:45`, `12:05`, `1:02:03`.
    public static String clock(Duration position) {
        long seconds = Math.max(0, position.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /// Returns a count with thousands separated.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Returns a plain number.
    public static String number(double number) {
        return significant(number, DIGITS);
    }

    /// Returns a part of the whole in percent: `0.0123` is `1.23 %`.
    public static String ratio(double part) {
        return significant(part * 100, DIGITS) + " %";
    }

    /// Returns a rate per second.
    public static String rate(double perSecond) {
        return significant(perSecond, DIGITS) + "/s";
    }

    /// Returns bytes in units of 1000.
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes;
        for (var unit : new String[] {"kB", "MB", "GB"}) {
            size /= 1000;
            if (size < 999.5) {
                return significant(size, DIGITS) + " " + unit;
            }
        }
        return significant(size / 1000, DIGITS) + " TB";
    }

    /// Returns a value in the unit of its objective.
    public static String value(double value, Unit unit) {
        return value(value, unit, DIGITS);
    }

    /// Returns an observed value beside its limit: as many digits as it takes to tell them apart, so that it is never
    /// rounded onto the limit or across it.
    public static String observed(double observed, double limit, Unit unit) {
        var limitText = value(limit, unit, MOST_DIGITS);
        for (int digits = DIGITS; digits < MOST_DIGITS; digits++) {
            var text = value(observed, unit, digits);
            double shown = new BigDecimal(observed)
                    .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                    .doubleValue();
            boolean sameSide = Double.compare(shown, limit) == Double.compare(observed, limit);
            if (observed == limit || (sameSide && !text.equals(limitText))) {
                return text;
            }
        }
        return value(observed, unit, MOST_DIGITS);
    }

    private static String value(double value, Unit unit, int digits) {
        return switch (unit) {
            case SECONDS -> seconds(value, digits);
            case RATIO -> significant(value * 100, digits) + " %";
            case PER_SECOND -> significant(value, digits) + "/s";
            case NUMBER -> significant(value, digits);
            case BYTES -> bytes(value, digits);
            case BYTES_PER_SECOND -> bytes(value, digits) + "/s";
            case SECONDS_PER_HOUR -> value(value, Unit.SECONDS, digits) + "/h";
            case RATIO_PER_HOUR -> value(value, Unit.RATIO, digits) + "/h";
            case PER_SECOND_PER_HOUR -> value(value, Unit.PER_SECOND, digits) + "/h";
            case NUMBER_PER_HOUR -> significant(value, digits) + "/h";
            case BYTES_PER_HOUR -> bytes(value, digits) + "/h";
            case BYTES_PER_SECOND_PER_HOUR -> bytes(value, digits) + "/s/h";
        };
    }

    private static String bytes(double value, int digits) {
        double size = Math.abs(value);
        return size < 1e3
                ? significant(value, digits) + " B"
                : size < 1e6
                        ? significant(value / 1e3, digits) + " KB"
                        : size < 1e9
                                ? significant(value / 1e6, digits) + " MB"
                                : significant(value / 1e9, digits) + " GB";
    }

    /// Returns the unit that results carry as text.
    public static Unit unit(String symbol) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.symbol().equals(symbol))
                .findFirst()
                .orElse(Unit.NUMBER);
    }

    /// Returns a number with so many significant digits, none of them after what is exact, thousands separated.
    private static String significant(double number, int digits) {
        if (number == 0 || !Double.isFinite(number)) {
            return number == 0 ? "0" : String.valueOf(number);
        }
        var exact = BigDecimal.valueOf(number);
        int whole = exact.precision() - exact.scale();
        var rounded = exact.round(new MathContext(Math.max(digits, whole), RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int scale = Math.max(0, rounded.scale());
        return String.format(Locale.ROOT, "%,." + scale + "f", rounded);
    }
}
