package io.ordeal.schemas.load;

import java.util.List;

/// One kind of user behaviour. An iteration performs all its steps in order.
///
/// @param weight Relative to the sum of all weights.
public record Scenario(String name, double weight, Think think, List<Step> steps) {
    public Scenario {
        steps = List.copyOf(steps);
    }
}
