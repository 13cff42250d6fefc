package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Think;
import java.util.List;
import java.util.Map;

/// One kind of user behaviour. An iteration performs its steps in order, with think time between them.
///
/// @param weight relative to the sum of all weights, above 0
/// @param load its own, if it is no part of the mix
/// @param tags marks for reports
public record ScenarioSpec(
        String name, double weight, Think think, List<StepSpec> steps, OwnLoad load, Map<String, String> tags) {
    public ScenarioSpec {
        steps = List.copyOf(steps);
        tags = Map.copyOf(tags);
    }
}
