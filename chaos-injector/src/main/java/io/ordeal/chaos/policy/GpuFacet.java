package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.nio.file.Path;
import java.util.Optional;

/// A GPU of this host.
///
/// @param device its number, from 0, or its UUID (`GPU-…`)
/// @param reserve bytes of its memory that stay free whatever is asked for
/// @param library the CUDA driver library; empty: `libcuda.so.1` where the system finds it
public record GpuFacet(String device, long reserve, Optional<Path> library) implements TargetFacet {
    @Override
    public Facet facet() {
        return Facet.GPU;
    }
}
