package io.ordeal.generator.drive;

import io.ordeal.generator.user.Feed;
import io.ordeal.generator.user.Feeds;
import io.ordeal.generator.user.Secrets;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.Think;
import java.util.List;

/// A scenario whose steps are made ready.
///
/// @param think time between steps
/// @param steps in order, at least one
/// @param pace a user begins its iterations at least this far apart, nanoseconds
/// @param feeds of which each iteration takes a row
/// @param variables whether iterations have variables
record PreparedScenario(
        Think think, List<PreparedStep> steps, long pace, List<Feed> feeds, Cookies cookies, boolean variables) {
    static PreparedScenario of(Scenario scenario, Origin origin, Secrets secrets, Feeds feeds) {
        var authorization = scenario.credentials().map(secrets::authorization);
        var steps = scenario.steps().stream()
                .map(step -> PreparedStep.of(step, origin, secrets, authorization))
                .toList();
        var rows = feeds.named(scenario.feeders());
        return new PreparedScenario(
                scenario.think(),
                steps,
                scenario.pace().toNanos(),
                rows,
                scenario.cookies(),
                !rows.isEmpty() || steps.stream().anyMatch(PreparedStep::usesVariables));
    }

    /// Whether an iteration needs nothing but its steps.
    boolean plain() {
        return !variables && cookies == Cookies.NONE;
    }
}
