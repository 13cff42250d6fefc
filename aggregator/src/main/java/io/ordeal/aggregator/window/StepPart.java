package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Evidence;
import io.ordeal.aggregator.judge.Judge;
import io.ordeal.aggregator.judge.Tally;
import io.ordeal.aggregator.resources.StepLine;

/// One step of time of a line of measures: what has ended in it so far, and once it is over only what follows from
/// that.
final class StepPart extends Part {
    private final long start;
    private Tally tally = new Tally();
    private long time;
    private long dropped;
    private boolean over;
    private double[] values = new double[0];

    StepPart(String run, int line, long start) {
        super(Keys.of(run, Run.POINT, line, start));
        this.start = start;
    }

    long start() {
        return start;
    }

    Tally tally() {
        return tally;
    }

    /// Adds time in scope, microseconds, and requests dropped in it.
    void spend(long more, long lost) {
        time += more;
        dropped += lost;
    }

    boolean over() {
        return over;
    }

    /// Ends it; whether it has a point: the whole step was in scope, and requests ended in it.
    ///
    /// @param length of a step, microseconds
    boolean end(StepLine line, long length) {
        boolean whole = time >= length - 1 && tally.count() > 0;
        if (whole) {
            boolean all = line.of().of().isEmpty();
            var evidence = new Evidence(tally, all ? dropped : 0, all ? 0 : dropped, time / 1e6, false, false);
            values = line.measures().stream()
                    .mapToDouble(measure ->
                            Judge.observed(measure, line.of(), evidence).orElseThrow())
                    .toArray();
        }
        over = true;
        tally = new Tally();
        return whole;
    }

    /// Returns the value of the measure in that place.
    double value(int measure) {
        return values[measure];
    }

    @Override
    public void write(ByteWriter out) {
        out.flag(over);
        if (over) {
            out.number(values.length);
            for (double value : values) {
                out.real(value);
            }
        } else {
            out.number(time).number(dropped);
            tally.write(out);
        }
    }

    void read(ByteReader in) {
        over = in.flag();
        if (over) {
            values = new double[in.integer()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.real();
            }
        } else {
            time = in.number();
            dropped = in.number();
            tally.addFrom(in);
        }
    }
}
