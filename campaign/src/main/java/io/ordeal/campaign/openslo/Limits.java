package io.ordeal.campaign.openslo;

import io.ordeal.schemas.objective.Unit;
import java.math.BigDecimal;

/// Limits as objectives have them, from numbers. Nothing is rounded.
final class Limits {
    private Limits() {}

    /// Returns `value` with its unit.
    static String text(double value, Unit unit) {
        return switch (unit) {
            case SECONDS -> plain(value) + "s";
            case RATIO -> percent(BigDecimal.valueOf(value));
            case PER_SECOND -> plain(value) + "/s";
            case NUMBER -> plain(value);
            case BYTES -> plain(value) + "B";
            case BYTES_PER_SECOND -> plain(value) + "B/s";
            case SECONDS_PER_HOUR -> text(value, Unit.SECONDS) + "/h";
            case RATIO_PER_HOUR -> text(value, Unit.RATIO) + "/h";
            case PER_SECOND_PER_HOUR -> text(value, Unit.PER_SECOND) + "/h";
            case NUMBER_PER_HOUR -> text(value, Unit.NUMBER) + "/h";
            case BYTES_PER_HOUR -> text(value, Unit.BYTES) + "/h";
            case BYTES_PER_SECOND_PER_HOUR -> text(value, Unit.BYTES_PER_SECOND) + "/h";
        };
    }

    /// Returns a part of the whole in percent.
    static String percent(BigDecimal part) {
        return plain(part.movePointRight(2)) + "%";
    }

    /// Returns a number without an exponent.
    static String plain(double value) {
        return plain(BigDecimal.valueOf(value));
    }

    private static String plain(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return (stripped.signum() == 0 ? BigDecimal.ZERO : stripped).toPlainString();
    }
}
