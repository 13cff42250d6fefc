package io.ordeal.campaign.document;

import io.ordeal.schemas.fault.FaultKind;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One fault of the plan: what, where, when and for how long.
///
/// @param target the name of an injector's target
/// @param parameters as written, with units, by the names that commands carry
/// @param fraction the part of connections or processes that is affected, above 0 and up to 1
/// @param ramp time from nothing to full strength
public record FaultEntry(
        String id,
        FaultKind kind,
        String target,
        SortedMap<String, String> parameters,
        Moment at,
        Duration duration,
        double fraction,
        Duration ramp) {
    public FaultEntry {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
}
