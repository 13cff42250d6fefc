package io.ordeal.schemas.control;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A fault: what, where, how strong and for how long.
///
/// @param id Unique within the run.
/// @param kind The kind by its published name; see [io.ordeal.schemas.fault.FaultKind]. Unknown kinds are rejected.
/// @param target A target's name in the injector's configuration.
/// @param parameters Parameters with their units as text, for instance `latency` = `500ms`, `jitter` = `100ms`,
/// `rate`
/// = `10KB/s`. Unknown names are rejected.
/// @param duration How long it may last; bounded by the policy.
/// @param fraction The part of connections or processes that is affected, above 0 and up to 1.
/// @param ramp Time from nothing to full strength.
/// @param lease It ends when nobody has renewed it for so long; empty: it needs no renewal.
public record FaultSpec(
        String id,
        String kind,
        String target,
        Map<String, String> parameters,
        Duration duration,
        double fraction,
        Duration ramp,
        Optional<Duration> lease) {
    public FaultSpec {
        parameters = Map.copyOf(parameters);
    }

    /// A fault that needs no renewal.
    public FaultSpec(
            String id,
            String kind,
            String target,
            Map<String, String> parameters,
            Duration duration,
            double fraction,
            Duration ramp) {
        this(id, kind, target, parameters, duration, fraction, ramp, Optional.empty());
    }

    /// Returns the same fault with a lease.
    public FaultSpec leased(Duration time) {
        return new FaultSpec(id, kind, target, parameters, duration, fraction, ramp, Optional.of(time));
    }
}
