package io.ordeal.chaos.proxy;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Faults on the traffic of proxies.
public final class ProxyInjections implements FacetInjections {
    private static final Logger log = LoggerFactory.getLogger(ProxyInjections.class);

    private final InstantSource clock;
    private final Loops loops = Loops.start();
    private final Map<String, TcpProxy> proxies = new ConcurrentHashMap<>();
    private final Map<String, ProxyFacet.Own> facets = new ConcurrentHashMap<>();
    private final Thread rehearsal = Thread.ofVirtual().name("rehearsal").unstarted(this::rehearse);

    private ProxyInjections(InstantSource clock) {
        this.clock = clock;
    }

    /// Starts the proxies of `targets`.
    ///
    /// @throws IOException when one cannot listen; then none runs
    public static ProxyInjections start(List<Target> targets, InstantSource clock) throws IOException {
        var started = new ProxyInjections(clock);
        try {
            started.adopt(targets);
            started.rehearsal.start();
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    @Override
    public void adopt(List<Target> targets) throws IOException {
        var wanted = new LinkedHashMap<String, ProxyFacet.Own>();
        targets.forEach(
                target -> target.facet(ProxyFacet.Own.class).ifPresent(facet -> wanted.put(target.name(), facet)));
        // The old ones first: a new one may listen where one of them did.
        for (var name : List.copyOf(facets.keySet())) {
            if (!Objects.equals(facets.get(name), wanted.get(name))) {
                facets.remove(name);
                Optional.ofNullable(proxies.remove(name)).ifPresent(TcpProxy::close);
            }
        }
        for (var entry : wanted.entrySet()) {
            if (!facets.containsKey(entry.getKey())) {
                var facet = entry.getValue();
                proxies.put(entry.getKey(), TcpProxy.start(loops, facet.listen(), facet.upstream()));
                facets.put(entry.getKey(), facet);
            }
        }
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.PROXY);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(new Mechanism("proxy", true, loops.transport()));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return kind.facets().contains(Facet.PROXY)
                ? Optional.empty()
                : Optional.of("a proxy has no " + kind.published());
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var proxy = proxy(plan.target());
        return switch (plan.fault()) {
            case TrafficFault fault -> new TrafficInjection(proxy, fault, seed, clock);
            case ResourceFault.Connections(var count) -> new CrowdInjection(loops, proxy.upstream(), count, clock);
            default -> throw new InjectionFailed("a proxy has no " + plan.kind());
        };
    }

    /// Returns where the proxy of `target` listens, or empty where it has none.
    public Optional<InetSocketAddress> listenAddress(String target) {
        return Optional.ofNullable(proxies.get(target)).map(TcpProxy::address);
    }

    /// Whether every proxy has been tried.
    @Override
    public boolean ready() {
        return !rehearsal.isAlive();
    }

    @Override
    public void close() {
        rehearsal.interrupt();
        proxies.values().forEach(TcpProxy::close);
        loops.close();
    }

    private void rehearse() {
        proxies.forEach((target, proxy) -> {
            try {
                Rehearsal.play(proxy);
            } catch (IOException e) {
                log.atWarn().setCause(e).addKeyValue("target", target).log("no probe passes the proxy");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private TcpProxy proxy(String target) throws InjectionFailed {
        return Optional.ofNullable(proxies.get(target))
                .orElseThrow(() -> new InjectionFailed(target + " has no proxy"));
    }
}
