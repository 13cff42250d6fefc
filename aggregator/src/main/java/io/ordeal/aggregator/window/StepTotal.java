package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.StepSum;

/// What fell into one step of a load in steps.
final class StepTotal extends Part {
    private final StepSum sum;

    StepTotal(Plan plan, StepSum.Place place) {
        super(Keys.of(plan.source().run(), Run.STEP, place.phase(), place.step()));
        this.sum = new StepSum(plan, place);
    }

    StepSum sum() {
        return sum;
    }

    @Override
    public void write(ByteWriter out) {
        sum.write(out);
    }

    void read(ByteReader in) {
        sum.addFrom(in);
    }
}
