package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Think;
import java.util.List;

/// One kind of user behaviour. An iteration performs its steps in order, with think time between them.
///
/// @param weight relative to the sum of all weights, above 0
public record ScenarioSpec(String name, double weight, Think think, List<StepSpec> steps) {
    public ScenarioSpec {
        steps = List.copyOf(steps);
    }
}
