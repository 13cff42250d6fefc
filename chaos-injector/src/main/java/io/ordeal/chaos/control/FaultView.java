package io.ordeal.chaos.control;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.FaultState;
import java.time.Instant;
import java.util.Optional;

/// A fault as it stands, for those who ask.
///
/// @param endsAt when it ends at the latest
/// @param leaseEndsAt when it ends where nobody renews its lease; empty: it has none
public record FaultView(FaultPlan plan, FaultState state, Instant endsAt, Optional<Instant> leaseEndsAt) {}
