package io.ordeal.campaign.plan;

import java.util.List;

/// What came of planning a campaign.
public sealed interface Planning {
    /// A plan that can be run.
    record Planned(Plan plan) implements Planning {}

    /// Every conflict.
    record Conflicting(List<Conflict> conflicts) implements Planning {
        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }
    }
}
