package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;

/// A container of a Docker engine.
///
/// @param container its name or id
/// @param engine where the engine answers, for instance `unix:///var/run/docker.sock`
public record ContainerFacet(String container, String engine) implements TargetFacet {
    /// Where a Docker engine usually answers.
    public static final String USUAL_ENGINE = "unix:///var/run/docker.sock";

    @Override
    public Facet facet() {
        return Facet.CONTAINER;
    }
}
