package io.ordeal.generator.drive;

import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.Think;
import java.util.List;

/// A scenario whose steps are made ready.
///
/// @param think time between steps
/// @param steps in order, at least one
record PreparedScenario(Think think, List<PreparedStep> steps) {
    static PreparedScenario of(Scenario scenario, Origin origin) {
        return new PreparedScenario(
                scenario.think(),
                scenario.steps().stream()
                        .map(step -> new PreparedStep(step, origin))
                        .toList());
    }
}
