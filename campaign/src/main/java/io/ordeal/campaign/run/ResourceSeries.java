package io.ordeal.campaign.run;

import java.time.Instant;
import java.util.List;

/// One reading of one source over a run.
///
/// @param process empty for the whole host
/// @param points in order of time
public record ResourceSeries(String host, String process, String reading, List<Point> points) {
    public ResourceSeries {
        points = List.copyOf(points);
    }

    /// A sample.
    public record Point(Instant at, double value) {}

    /// Returns whose it is: the process, or the host.
    public String source() {
        return process.isEmpty() ? "host " + host : process;
    }
}
