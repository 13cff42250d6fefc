package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;

/// The host that the injector runs on.
public record HostFacet() implements TargetFacet {
    @Override
    public Facet facet() {
        return Facet.HOST;
    }
}
