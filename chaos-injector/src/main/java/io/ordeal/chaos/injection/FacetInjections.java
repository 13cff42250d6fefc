package io.ordeal.chaos.injection;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /// Whether everything that it runs serves.
    default boolean ready() {
        return true;
    }

    @Override
    void close();
}
