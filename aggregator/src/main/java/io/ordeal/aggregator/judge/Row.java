package io.ordeal.aggregator.judge;

/// One window in short, as the analysis of faults needs it.
///
/// @param start microseconds since the epoch
/// @param end microseconds since the epoch
/// @param from when the earliest of its requests was sent
/// @param count requests that ended
/// @param p95 of the response, microseconds
/// @param errors requests that did not end OK
/// @param standing how the objectives stood in it
public record Row(long start, long end, long from, long count, long p95, long errors, Standing standing) {
    /// HOLDS: every objective that could be looked at held; BREACHED: one did not; UNKNOWN: there was nothing to look
    /// at.
    public enum Standing {
        HOLDS,
        BREACHED,
        UNKNOWN
    }

    /// Writes the row.
    public void write(ByteWriter out) {
        out.number(start)
                .number(end - start)
                .number(start - from)
                .number(count)
                .number(p95)
                .number(errors)
                .number(standing.ordinal());
    }

    /// Reads what [#write] has written.
    public static Row read(ByteReader in) {
        long start = in.number();
        return new Row(
                start,
                start + in.number(),
                start - in.number(),
                in.number(),
                in.number(),
                in.number(),
                Standing.values()[in.integer()]);
    }
}
