package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.nio.file.Path;

/// A control group of this host, of version 1 or 2.
///
/// @param path below the root of the hierarchies, for instance `service/api`; never the root itself
public record CgroupFacet(Path path) implements TargetFacet {
    @Override
    public Facet facet() {
        return Facet.CGROUP;
    }
}
