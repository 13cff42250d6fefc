package io.ordeal.schemas.results;

/// How a quantity went over the judged phases.
///
/// @param subject `p50`, `p95`, `errors`, `throughput`, or the name of a reading.
/// @param source `host/process` of a reading; empty for what is of requests.
/// @param unit of the quantity; empty for a reading.
/// @param points Steps of time that were looked at.
/// @param perHour Theil-Sen slope.
/// @param low Lower end of its 95 % confidence interval.
/// @param high Upper end.
/// @param level Median of the points.
public record Trend(
        String subject,
        String source,
        String unit,
        long points,
        double perHour,
        double low,
        double high,
        double level,
        Direction direction) {}
