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
        };
    }

    /// Returns a count with separators.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// Returns `1 window` or `3 windows`.
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /// Four digits are enough to see which side of a limit a value is on, or nearly so.
    private static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
