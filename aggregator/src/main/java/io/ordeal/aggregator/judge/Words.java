package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as reasons show them.
public final class Words {
    private Words() {}

    /// Returns `value` of `unit` for people: `512 ms`, `1.25 %`, `480/s`.
    public static String quantity(double value, Unit unit) {
        return switch (unit) {
            case SECONDS -> value < 1 ? plain(value * 1e3) + " ms" : plain(value) + " s";
            case RATIO -> plain(value * 100) + " %";
            case PER_SECOND -> plain(value) + "/s";
            case NUMBER -> plain(value);
            case BYTES -> bytes(value);
            case BYTES_PER_SECOND -> bytes(value) + "/s";
            case SECONDS_PER_HOUR -> quantity(value, Unit.SECONDS) + "/h";
            case RATIO_PER_HOUR -> quantity(value, Unit.RATIO) + "/h";
            case PER_SECOND_PER_HOUR -> quantity(value, Unit.PER_SECOND) + "/h";
            case NUMBER_PER_HOUR -> plain(value) + "/h";
            case BYTES_PER_HOUR -> bytes(value) + "/h";
            case BYTES_PER_SECOND_PER_HOUR -> bytes(value) + "/s/h";
        };
    }

    private static String bytes(double value) {
        double size = Math.abs(value);
        return size < 1e3
                ? plain(value) + " B"
                : size < 1e6
                        ? plain(value / 1e3) + " KB"
                        : size < 1e9 ? plain(value / 1e6) + " MB" : plain(value / 1e9) + " GB";
    }

    /// Returns a count with separators.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Returns `1 window` or `3 windows`.
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /// Returns `value` with four digits: enough to see which side of a limit a value is on, or nearly so.
    static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
