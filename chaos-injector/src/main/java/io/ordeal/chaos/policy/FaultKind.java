package io.ordeal.chaos.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A kind of fault by its published name, with the facet of a target that it needs.
public enum FaultKind {
    /// Bytes arrive later.
    LATENCY(Facet.PROXY),
    /// Nothing passes, and nobody is told.
    PARTITION(Facet.PROXY),
    /// Connections end with a TCP reset.
    RESET(Facet.PROXY),
    /// Bytes pass slowly.
    BANDWIDTH(Facet.PROXY),
    /// The process dies at once and stays down.
    KILL(Facet.PROCESS),
    /// The process stands still.
    PAUSE(Facet.PROCESS),
    /// The cores of the host are busy.
    CPU(Facet.HOST);

    /// A handle by which a target can be touched.
    public enum Facet {
        /// Its traffic passes a proxy of ours.
        PROXY,
        /// Its process is known.
        PROCESS,
        /// It is the host that we run on.
        HOST;

        /// Returns the name used in files and messages.
        public String published() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Facet facet;

    FaultKind(Facet facet) {
        this.facet = facet;
    }

    /// Returns the facet that a target must have.
    public Facet facet() {
        return facet;
    }

    /// Returns the name used on topics, in files and in messages.
    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the kind that is published as `name`, exactly.
    public static Optional<FaultKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.published().equals(name))
                .findAny();
    }

    /// Returns all published names, for messages.
    public static String all() {
        return names(List.of(values()));
    }

    /// Returns the published names of `kinds`, for messages.
    public static String names(Iterable<FaultKind> kinds) {
        var names = new ArrayList<String>();
        kinds.forEach(kind -> names.add(kind.published()));
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
