package io.ordeal.schemas.lifecycle;

import java.util.List;
import java.util.Map;

/// A target that an injector may touch.
///
/// @param kinds The kinds of fault that are possible and allowed there.
/// @param impossible Kinds that are allowed there but not possible on that host, each with the reason.
public record TargetInfo(String name, List<String> kinds, Map<String, String> impossible) {
    public TargetInfo {
        kinds = List.copyOf(kinds);
        impossible = Map.copyOf(impossible);
    }
}
