package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.util.List;

/// Several targets that are processes, taken together.
///
/// @param members names of targets that have a process
public record GroupFacet(List<String> members) implements TargetFacet {
    public GroupFacet {
        members = List.copyOf(members);
    }

    @Override
    public Facet facet() {
        return Facet.GROUP;
    }
}
