package io.ordeal.campaign.document;

import java.time.Duration;
import java.util.List;

/// The load that one scenario has for itself, beside that of the phases.
///
/// @param phases one after the other; none: the scenario is part of the mix
/// @param start after the start of the run
public record OwnLoad(List<Phase> phases, Duration start) {
    /// The load of a scenario of the mix.
    public static final OwnLoad NONE = new OwnLoad(List.of(), Duration.ZERO);

    public OwnLoad {
        phases = List.copyOf(phases);
    }

    /// Whether there is none.
    public boolean none() {
        return phases.isEmpty();
    }
}
