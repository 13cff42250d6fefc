package io.ordeal.chaos.injection;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The injections by way of some facets: what this host can do there, found by trying, and how it is done.
public interface FacetInjections extends Injections, AutoCloseable {
    /// Returns the facets that it serves.
    Set<Facet> facets();

    /// Returns the means that this host offers for them, and why others are not available.
    List<Mechanism> mechanisms();

    /// Returns why `kind` is not possible on `target` via `facet` on this host, or empty where it is.
    ///
    /// @param facet one of [#facets]
    Optional<String> impossible(FaultKind kind, Facet facet, String target);

    /// Prepares what `plan` asks for and changes nothing yet; its facet is one of [#facets] and it is not impossible.
    @Override
    Injection prepare(FaultPlan plan, long seed) throws InjectionFailed;

    /// Takes over `targets`, those that have one of its facets, in place of those that it had: ends what it runs
    /// for those that are gone or different, starts what new or different ones need, and leaves the others alone.
    /// No fault is in force on what is gone or different.
    ///
    /// @throws IOException when something cannot be started, or it cannot change at all; it is then called again
    /// with the targets that it had
    default void adopt(List<Target> targets) throws IOException {
        throw new IOException("targets with "
                + facets().stream().map(Facet::published).sorted().collect(Collectors.joining(" or "))
                + " change only when the injector starts again");
    }

    /// Whether everything that it runs serves.
    default boolean ready() {
        return true;
    }

    @Override
    void close();
}
