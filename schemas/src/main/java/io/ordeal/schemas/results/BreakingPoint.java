package io.ordeal.schemas.results;

import java.util.Optional;

/// Where a load that went up in steps became too much.
///
/// @param unit `users` or `1/s`.
/// @param held The last step before the first that did not hold; absent: the first did not.
/// @param broke The first step that did not hold; absent: all held.
/// @param cause What was at its limit then, in words; empty: nothing was seen to be.
public record BreakingPoint(
        String phase, String unit, Optional<StepResult> held, Optional<StepResult> broke, String cause) {}
