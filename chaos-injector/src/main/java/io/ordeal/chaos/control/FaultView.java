package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultState;
import java.time.Instant;

/// A fault as it stands, for those who ask.
///
/// @param endsAt when it ends at the latest
public record FaultView(FaultPlan plan, FaultState state, Instant endsAt) {}
