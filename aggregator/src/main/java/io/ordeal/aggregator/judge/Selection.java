package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.RequestInfo;
import java.util.Optional;

/// Which requests an objective is about.
///
/// @param of a scenario, or `scenario/request`; empty: all
/// @param tag what the scenario is marked with; empty: whatever it is marked with
public record Selection(Optional<String> of, Optional<Scope.Tag> tag) {
    /// All requests.
    public static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

    /// Returns the requests that `objective` is about.
    public static Selection of(Objective objective) {
        return new Selection(objective.of(), objective.scope().tag());
    }

    /// Whether it leaves no request out. Of a dropped request it is known that it was due, but not which it was.
    public boolean all() {
        return equals(ALL);
    }

    /// Whether the request counts.
    public boolean takes(RequestInfo info) {
        boolean named = of.isEmpty()
                || of.get().equals(info.scenario())
                || of.get().equals(info.scenario() + "/" + info.request());
        return named
                && (tag.isEmpty()
                        || tag.get().value().equals(info.tags().get(tag.get().key())));
    }
}
