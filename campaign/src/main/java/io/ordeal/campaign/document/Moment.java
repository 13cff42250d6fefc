package io.ordeal.campaign.document;

import java.time.Duration;
import java.util.Optional;

/// An instant of the plan.
///
/// @param phase the phase from whose start it is counted; empty: from the start of the load
public record Moment(Optional<String> phase, Duration offset) {}
