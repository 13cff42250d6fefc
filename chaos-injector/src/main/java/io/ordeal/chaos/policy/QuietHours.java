package io.ordeal.chaos.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// A time of the day in which nothing is injected and in which no fault may still be in force.
///
/// @param from its beginning, included
/// @param to its end, excluded; before `from`: on the next day
/// @param days the days on which it begins
/// @param zone in which the times are meant
public record QuietHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, ZoneId zone) {
    public QuietHours {
        days = Set.copyOf(days);
        if (from.equals(to) || days.isEmpty()) {
            throw new IllegalArgumentException("quiet hours need a beginning, another end and a day");
        }
    }

    /// Whether any part of the time from `start` to `end` is quiet.
    public boolean overlap(Instant start, Instant end) {
        var first = start.atZone(zone).toLocalDate().minusDays(1);
        var last = end.atZone(zone).toLocalDate();
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                var begins = day.atTime(from).atZone(zone).toInstant();
                var ends = (from.isBefore(to) ? day : day.plusDays(1))
                        .atTime(to)
                        .atZone(zone)
                        .toInstant();
                if (begins.isBefore(end) && start.isBefore(ends)) {
                    return true;
                }
            }
        }
        return false;
    }
}
