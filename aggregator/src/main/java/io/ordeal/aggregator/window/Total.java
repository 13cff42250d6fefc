package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Tally;

/// What ended over the run, of one kind of request in one phase, in windows that lie in the same intervals.
final class Total extends Part {
    private final Slice slice;
    private final Tally tally = new Tally();

    /// @param intervals a bit for each interval of the objectives that the windows lie in
    record Slice(int phase, int request, long intervals) {}

    Total(String run, Slice slice) {
        super(Keys.of(run, Run.TOTAL, slice.phase, slice.request, slice.intervals));
        this.slice = slice;
    }

    Slice slice() {
        return slice;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void write(ByteWriter out) {
        tally.write(out);
    }

    void read(ByteReader in) {
        tally.addFrom(in);
    }
}
