package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;

/// A handle by which a target can be touched, with what it takes to do so.
public sealed interface TargetFacet
        permits ProxyFacet,
                NetworkFacet,
                ProcessFacet,
                GroupFacet,
                ContainerFacet,
                CgroupFacet,
                HostFacet,
                DirectoryFacet,
                GpuFacet {
    /// Returns which facet it is.
    Facet facet();
}
