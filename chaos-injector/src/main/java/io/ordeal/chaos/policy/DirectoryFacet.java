package io.ordeal.chaos.policy;

import io.ordeal.schemas.fault.Facet;
import java.nio.file.Path;

/// A directory, and the file system that it is on.
///
/// @param path absolute
/// @param reserve bytes of the file system that stay free whatever is asked for
public record DirectoryFacet(Path path, long reserve) implements TargetFacet {
    @Override
    public Facet facet() {
        return Facet.DIRECTORY;
    }
}
