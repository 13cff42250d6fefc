package io.ordeal.campaign.screen;

import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.Trend;
import java.util.Set;

/// Readings of resource use as people read them: by their names, as samples carry no units.
public final class Readouts {
    private static final Set<String> PARTS = Set.of("cpu", "memory", "gpu", "gpu_memory");

    private Readouts() {}

    /// Returns the unit of a reading.
    public static Unit unit(String reading) {
        if (PARTS.contains(reading)) {
            return Unit.RATIO;
        }
        if (reading.equals("disk_bytes") || reading.equals("network_bytes")) {
            return Unit.BYTES_PER_SECOND;
        }
        if (reading.endsWith("_bytes") || reading.equals("heap_after_gc")) {
            return Unit.BYTES;
        }
        return reading.endsWith("_seconds") ? Unit.SECONDS : Unit.NUMBER;
    }

    /// Returns a value of a reading with its unit.
    public static String value(String reading, double value) {
        return Figures.value(value, unit(reading));
    }

    /// Returns the unit of what a trend is of.
    public static Unit unit(Trend trend) {
        return trend.source().isEmpty() ? Figures.unit(trend.unit()) : unit(trend.subject());
    }

    /// Returns growth per hour with its unit.
    public static String growth(Trend trend, double perHour) {
        return Figures.value(perHour, unit(trend).perHour());
    }
}
