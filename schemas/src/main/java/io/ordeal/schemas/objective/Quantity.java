package io.ordeal.schemas.objective;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number with a unit, as people write it: `500ms`, `1.5s`, `2m`, `1%`, `500/s`, `10KB/s`, `95%`.
///
/// @param number the number before the unit
/// @param unit what stands after it, or an empty string
public record Quantity(double number, String unit) {
    private static final Pattern SHAPE = Pattern.compile("([0-9]+(?:[._][0-9]+)*(?:\\.[0-9]+)?)\\s*([A-Za-zµ%/]*)");

    /// Reads `text`, or returns empty where it is no number with an optional unit. `1_000` is 1000.
    public static Optional<Quantity> parse(String text) {
        var match = SHAPE.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Quantity(Double.parseDouble(match.group(1).replace("_", "")), match.group(2)));
        } catch (NumberFormatException _) { // 1.2.3
            return Optional.empty();
        }
    }

    /// Returns it as a time (units `us`, `ms`, `s`, `m`, `h`), or empty where the unit is another; 0 needs none.
    public Optional<Duration> duration() {
        double seconds = switch (unit) {
            case "us", "µs" -> number / 1e6;
            case "ms" -> number / 1e3;
            case "s" -> number;
            case "m", "min" -> number * 60;
            case "h" -> number * 3600;
            default -> number == 0 && unit.isEmpty() ? 0 : Double.NaN;
        };
        return Double.isNaN(seconds) || seconds > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    /// Returns it as a part of the whole (`1%` is 0.01, `0.01` is 0.01), or empty where it is none.
    public Optional<Double> ratio() {
        return switch (unit) {
            case "%" -> Optional.of(BigDecimal.valueOf(number).movePointLeft(2).doubleValue());
            case "" -> Optional.of(number);
            default -> Optional.empty();
        };
    }

    /// Returns it as a rate per second (`/s`, `/m`, `/min`, `/h`), or empty where it is none.
    public Optional<Double> perSecond() {
        return switch (unit) {
            case "/s", "rps" -> Optional.of(number);
            case "/m", "/min" -> Optional.of(number / 60);
            case "/h" -> Optional.of(number / 3600);
            default -> Optional.empty();
        };
    }

    /// Returns it as bytes (`B`, `KB`, `MB`, `GB` of 1000; `KiB`, `MiB`, `GiB` of 1024), or empty where it is none.
    public Optional<Long> bytes() {
        return size(unit);
    }

    /// Returns it as bytes per second (`10KB/s`), or empty where it is none.
    public Optional<Long> bytesPerSecond() {
        return unit.endsWith("/s") ? size(unit.substring(0, unit.length() - 2)) : Optional.empty();
    }

    private Optional<Long> size(String sizeUnit) {
        double factor = switch (sizeUnit) {
            case "B" -> 1;
            case "KB", "kB" -> 1e3;
            case "MB" -> 1e6;
            case "GB" -> 1e9;
            case "KiB" -> 1 << 10;
            case "MiB" -> 1 << 20;
            case "GiB" -> 1 << 30;
            default -> Double.NaN;
        };
        return Double.isNaN(factor) ? Optional.empty() : Optional.of(Math.round(number * factor));
    }
}
