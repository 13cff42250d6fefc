package io.ordeal.schemas.results;

import java.time.Instant;
import java.util.List;

/// The first window in which an objective did not hold, and what was at its limit by then.
///
/// @param at The start of the window.
public record FirstBreach(Instant at, String objective, List<Saturation> saturated) {
    public FirstBreach {
        saturated = List.copyOf(saturated);
    }
}
