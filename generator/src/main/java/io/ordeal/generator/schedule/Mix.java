package io.ordeal.generator.schedule;

import io.ordeal.schemas.load.Scenario;
import java.util.List;

/// The scenarios of a run by their weights.
public final class Mix {
    private final double[] upTo;

    /// Weighs `scenarios`, of which there is only one, or one with a weight above 0; those of weight 0 are never
    /// picked.
    public Mix(List<Scenario> scenarios) {
        upTo = new double[scenarios.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += scenarios.get(i).weight();
            upTo[i] = sum;
        }
    }

    /// Returns the place of the scenario for `draw`, a number from 0 to below 1.
    public int pick(double draw) {
        double weight = draw * upTo[upTo.length - 1];
        int place = 0;
        while (place < upTo.length - 1 && weight >= upTo[place]) {
            place++;
        }
        return place;
    }
}
