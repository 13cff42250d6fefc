package io.ordeal.schemas.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One kind of user behaviour. An iteration performs all its steps in order.
///
/// @param weight Relative to the sum of all weights.
/// @param load A load of its own, beside that of the run's mix, which it then has no part in; phases follow one
/// another.
/// @param start When its own load begins, after the start of the run.
/// @param pace A user begins its iterations at least this far apart; zero: as soon as the one before is over.
/// @param feeders The feeders of which each iteration takes a row; its fields are variables of the iteration.
public record Scenario(
        String name,
        double weight,
        Think think,
        List<Step> steps,
        List<LoadPhase> load,
        Duration start,
        Duration pace,
        List<String> feeders,
        Cookies cookies,
        Optional<Credentials> credentials) {
    public Scenario {
        steps = List.copyOf(steps);
        load = List.copyOf(load);
        feeders = List.copyOf(feeders);
    }

    /// A scenario of the run's mix without anything else.
    public Scenario(String name, double weight, Think think, List<Step> steps) {
        this(
                name,
                weight,
                think,
                steps,
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Cookies.NONE,
                Optional.empty());
    }
}
