package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.Scenario;
import java.util.List;

/// The scenarios of a run by their weights.
public final class Mix {
    private final double[] upTo;

    /// Weighs `scenarios`; those of weight 0 are never picked.
    public Mix(List<Scenario> scenarios) {
        upTo = new double[scenarios.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += scenarios.get(i).weight();
            upTo[i] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("no scenario has a weight above 0");
        }
    }

    /// Returns the place of the scenario for `draw`, a number from 0 to below 1.
    public int pick(double draw) {
        double weight = draw * upTo[upTo.length - 1];
        int place = 0;
        while (weight >= upTo[place]) {
            place++;
        }
        return place;
    }
}
