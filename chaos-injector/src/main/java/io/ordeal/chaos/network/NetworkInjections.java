package io.ordeal.chaos.network;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.NetworkFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Faults on packets of this host.
public final class NetworkInjections implements FacetInjections {
    private final Packets packets;
    private final Supplier<Set<Integer>> protectedPorts;
    private final List<InetSocketAddress> spared;
    private volatile Map<String, NetworkFacet> facets;

    /// @param protectedPorts ports that no fault touches, as the policy has them now
    /// @param spared what the injector itself talks to
    public NetworkInjections(
            List<Target> targets,
            Supplier<Set<Integer>> protectedPorts,
            List<InetSocketAddress> spared,
            Packets packets) {
        this.facets = Target.facets(targets, NetworkFacet.class);
        this.protectedPorts = protectedPorts;
        this.spared = List.copyOf(spared);
        this.packets = packets;
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.NETWORK);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return packets.means().mechanisms();
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return packets.means().impossible(kind);
    }

    @Override
    public void adopt(List<Target> targets) {
        facets = Target.facets(targets, NetworkFacet.class);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var facet = Optional.ofNullable(facets.get(plan.target()))
                .orElseThrow(() -> new InjectionFailed(plan.target() + " has no network"));
        Namespace namespace =
                facet.namespace().<Namespace>map(Namespace.Named::new).orElse(new Namespace.Own());
        return packets.prepare(plan, namespace, Scope.of(facet, protectedPorts.get(), spared));
    }

    @Override
    public void close() {
        // rules end with their faults
    }
}
