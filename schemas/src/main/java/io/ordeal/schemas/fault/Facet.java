package io.ordeal.schemas.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A handle by which a target can be touched.
public enum Facet {
    /// Its traffic passes a proxy of the injector, or one that the injector drives.
    PROXY,
    /// Its packets pass a network namespace, an interface or ports of this host.
    NETWORK,
    /// Its process is known.
    PROCESS,
    /// It is several targets that are processes.
    GROUP,
    /// It is a container of a Docker engine.
    CONTAINER,
    /// It is a control group of this host.
    CGROUP,
    /// It is the host that the injector runs on.
    HOST,
    /// It is a directory, and the file system that it is on.
    DIRECTORY,
    /// It is a GPU of this host.
    GPU;

    /// Returns the name used in files, commands and messages.
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the facet that is published as `name`, exactly.
    public static Optional<Facet> named(String name) {
        return Arrays.stream(values())
                .filter(facet -> facet.published().equals(name))
                .findAny();
    }
}
