package io.ordeal.schemas.lifecycle;

import java.util.List;

/// A target that an injector may touch.
///
/// @param kinds The kinds of fault that are possible and allowed there.
public record TargetInfo(String name, List<String> kinds) {
    public TargetInfo {
        kinds = List.copyOf(kinds);
    }
}
