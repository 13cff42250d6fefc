package io.ordeal.campaign.document;

import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Credentials;
import io.ordeal.schemas.load.Think;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind of user behaviour. An iteration performs its steps in order, with think time between them.
///
/// @param weight relative to the sum of all weights, above 0
/// @param load its own, if it is no part of the mix
/// @param tags marks for reports
/// @param feeders the feeders of which each iteration takes a row
/// @param pace a user begins its iterations at least this far apart; zero: at once
/// @param credentials names of environment variables
public record ScenarioSpec(
        String name,
        double weight,
        Think think,
        List<StepSpec> steps,
        OwnLoad load,
        Map<String, String> tags,
        List<String> feeders,
        Duration pace,
        Cookies cookies,
        Optional<Credentials> credentials) {
    public ScenarioSpec {
        steps = List.copyOf(steps);
        tags = Map.copyOf(tags);
        feeders = List.copyOf(feeders);
    }
}
