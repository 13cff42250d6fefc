package io.ordeal.schemas.objective;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads limits, which carry their unit.
final class Limits {
    private static final double SECONDS_PER_HOUR = 3600;

    /// The units that a limit may be in where the measure leaves it open, in the order in which they are tried.
    private static final List<Unit> ANY = List.of(Unit.SECONDS, Unit.PER_SECOND, Unit.BYTES, Unit.BYTES_PER_SECOND);

    /// A limit with the unit that it was written in.
    record Limit(double value, Unit unit) {}

    private Limits() {}

    /// Reads `word` as a limit in `unit`.
    static Optional<Double> in(Unit unit, String word) {
        var quantity = Quantity.parse(word);
        return switch (unit) {
            case SECONDS -> quantity.flatMap(Quantity::duration).map(Limits::seconds);
            case RATIO -> quantity.flatMap(Quantity::ratio);
            case PER_SECOND -> quantity.flatMap(Quantity::perSecond);
            case NUMBER -> quantity.filter(each -> each.unit().isEmpty()).map(Quantity::number);
            case BYTES -> quantity.flatMap(Quantity::bytes).map(Long::doubleValue);
            case BYTES_PER_SECOND -> quantity.flatMap(Quantity::bytesPerSecond).map(Long::doubleValue);
            case SECONDS_PER_HOUR -> growth(Unit.SECONDS, word);
            case RATIO_PER_HOUR -> growth(Unit.RATIO, word);
            case PER_SECOND_PER_HOUR -> growth(Unit.PER_SECOND, word);
            case NUMBER_PER_HOUR -> growth(Unit.NUMBER, word);
            case BYTES_PER_HOUR -> growth(Unit.BYTES, word);
            case BYTES_PER_SECOND_PER_HOUR -> growth(Unit.BYTES_PER_SECOND, word);
        };
    }

    /// Reads `word` as a limit in whatever unit it has.
    static Optional<Limit> any(String word) {
        if (word.endsWith("%")) {
            return in(Unit.RATIO, word).map(value -> new Limit(value, Unit.RATIO));
        }
        var plain = in(Unit.NUMBER, word);
        if (plain.isPresent()) {
            return plain.map(value -> new Limit(value, Unit.NUMBER));
        }
        return ANY.stream()
                .flatMap(unit -> in(unit, word).map(value -> new Limit(value, unit)).stream())
                .findFirst();
    }

    /// Reads `word` as growth of something in whatever unit it has; the unit is that of what grows.
    static Optional<Limit> anyGrowth(String word) {
        return amount(word)
                .flatMap(amount -> any(amount.text)
                        .map(limit -> new Limit(amount.sign * limit.value * amount.perHour, limit.unit)));
    }

    private static Optional<Double> growth(Unit of, String word) {
        return amount(word).flatMap(amount -> in(of, amount.text).map(value -> amount.sign * value * amount.perHour));
    }

    /// What grows by how much: `-5MB/h` is minus `5MB`, once an hour.
    private record Amount(double sign, String text, double perHour) {}

    private static Optional<Amount> amount(String word) {
        int at = word.lastIndexOf('/');
        if (at < 0) {
            return Optional.empty();
        }
        double sign = word.startsWith("-") ? -1 : 1;
        var text = word.substring(sign < 0 ? 1 : 0, at);
        return switch (word.substring(at + 1)) {
            case "h" -> Optional.of(new Amount(sign, text, 1));
            case "m", "min" -> Optional.of(new Amount(sign, text, 60));
            case "s" -> Optional.of(new Amount(sign, text, SECONDS_PER_HOUR));
            default -> Optional.empty();
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
