package io.ordeal.chaos.toxiproxy;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.proxy.ProxyInjections;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Faults on the traffic of proxies: those that the injector runs, and those of Toxiproxy servers that others run.
public final class RemoteProxies implements FacetInjections {
    private static final Set<FaultKind> KINDS = EnumSet.of(
            FaultKind.LATENCY,
            FaultKind.BANDWIDTH,
            FaultKind.PARTITION,
            FaultKind.RESET,
            FaultKind.TIMEOUT,
            FaultKind.SLOW_CLOSE,
            FaultKind.SLICE,
            FaultKind.LIMIT_DATA);

    private final ProxyInjections own;
    private final InstantSource clock;
    private volatile Map<String, ProxyFacet.Remote> remotes;

    /// @param own serves the targets whose proxies the injector runs; closed with this
    public RemoteProxies(List<Target> targets, ProxyInjections own, InstantSource clock) {
        this.own = own;
        this.clock = clock;
        this.remotes = Target.facets(targets, ProxyFacet.Remote.class);
    }

    @Override
    public Set<Facet> facets() {
        return own.facets();
    }

    /// A server that does not answer now may do so later: it is announced as it is.
    @Override
    public List<Mechanism> mechanisms() {
        var mechanisms = new ArrayList<>(own.mechanisms());
        for (var remote : remotes.values()) {
            mechanisms.add(mechanism(remote));
        }
        return mechanisms;
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        if (!remotes.containsKey(target)) {
            return own.impossible(kind, facet, target);
        }
        return KINDS.contains(kind) ? Optional.empty() : Optional.of("Toxiproxy has no " + kind.published());
    }

    @Override
    public void adopt(List<Target> targets) throws IOException {
        own.adopt(targets);
        remotes = Target.facets(targets, ProxyFacet.Remote.class);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var remote = Optional.ofNullable(remotes.get(plan.target()));
        if (remote.isEmpty()) {
            return own.prepare(plan, seed);
        }
        if (plan.fault() instanceof TrafficFault fault) {
            var name = "ordeal-" + Long.toHexString(seed);
            return new RemoteInjection(remote.get(), name, RemoteFault.of(fault), plan.duration(), clock);
        }
        throw new InjectionFailed("Toxiproxy has no " + plan.kind());
    }

    @Override
    public boolean ready() {
        return own.ready();
    }

    @Override
    public void close() {
        own.close();
    }

    private static Mechanism mechanism(ProxyFacet.Remote remote) {
        var name = "toxiproxy " + remote.api();
        try {
            var reply = new RemoteApi(remote.api()).send("GET", RemoteApi.proxyPath(remote.name()), "");
            return new Mechanism(
                    name,
                    reply.ok(),
                    reply.ok() ? remote.name() : "answers " + reply.status() + " for " + remote.name());
        } catch (IOException e) {
            return new Mechanism(name, false, "does not answer: " + e.getMessage());
        }
    }
}
