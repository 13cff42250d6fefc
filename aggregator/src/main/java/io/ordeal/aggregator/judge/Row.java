package io.ordeal.aggregator.judge;

import java.util.ArrayList;
import java.util.List;

/// One window in short, as the analysis of faults and budgets needs it.
///
/// @param start microseconds since the epoch
/// @param end microseconds since the epoch
/// @param from when the earliest of its requests was sent
/// @param phase that most of its requests belong to
/// @param count requests that ended
/// @param p95 of the response, microseconds
/// @param errors requests that did not end OK
/// @param standing how the objectives stood in it
/// @param breached the places of the objectives that did not hold in it, in the order of the plan
/// @param burns what it has of each budget, in the order of the plan, whatever its interval
public record Row(
        long start,
        long end,
        long from,
        int phase,
        long count,
        long p95,
        long errors,
        Standing standing,
        List<Integer> breached,
        List<Budget.Burn> burns) {
    /// HOLDS: every objective that could be looked at held; BREACHED: one did not; UNKNOWN: there was nothing to look
    /// at.
    public enum Standing {
        HOLDS,
        BREACHED,
        UNKNOWN
    }

    /// Copies the lists.
    public Row {
        breached = List.copyOf(breached);
        burns = List.copyOf(burns);
    }

    /// Writes the row.
    public void write(ByteWriter out) {
        out.number(start).number(end - start).number(start - from).number(phase);
        out.number(count).number(p95).number(errors).number(standing.ordinal());
        out.number(breached.size());
        breached.forEach(out::number);
        out.number(burns.size());
        burns.forEach(burn -> out.number(burn.bad()).number(burn.total()));
    }

    /// Reads what [#write] has written.
    public static Row read(ByteReader in) {
        long start = in.number();
        return new Row(
                start,
                start + in.number(),
                start - in.number(),
                in.integer(),
                in.number(),
                in.number(),
                in.number(),
                Standing.values()[in.integer()],
                readBreached(in),
                readBurns(in));
    }

    private static List<Integer> readBreached(ByteReader in) {
        var breached = new ArrayList<Integer>();
        for (int left = in.integer(); left > 0; left--) {
            breached.add(in.integer());
        }
        return breached;
    }

    private static List<Budget.Burn> readBurns(ByteReader in) {
        var burns = new ArrayList<Budget.Burn>();
        for (int left = in.integer(); left > 0; left--) {
            burns.add(new Budget.Burn(in.number(), in.number()));
        }
        return burns;
    }
}
