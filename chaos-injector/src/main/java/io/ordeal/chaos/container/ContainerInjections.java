package io.ordeal.chaos.container;

import io.ordeal.chaos.cgroup.Membership;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.network.Namespace;
import io.ordeal.chaos.network.Packets;
import io.ordeal.chaos.network.Scope;
import io.ordeal.chaos.policy.ContainerFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Faults on containers of Docker engines.
public final class ContainerInjections implements FacetInjections {
    private final Packets packets;
    private final Supplier<Set<Integer>> protectedPorts;
    private final List<InetSocketAddress> spared;
    private final InstantSource clock;
    private volatile Map<String, ContainerFacet> facets;

    /// @param protectedPorts ports that no fault touches, as the policy has them now
    /// @param spared what the injector itself talks to
    public ContainerInjections(
            List<Target> targets,
            Supplier<Set<Integer>> protectedPorts,
            List<InetSocketAddress> spared,
            Packets packets,
            InstantSource clock) {
        this.facets = Target.facets(targets, ContainerFacet.class);
        this.protectedPorts = protectedPorts;
        this.spared = List.copyOf(spared);
        this.packets = packets;
        this.clock = clock;
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.CONTAINER);
    }

    @Override
    public List<Mechanism> mechanisms() {
        if (facets.isEmpty()) {
            return List.of(new Mechanism("docker", false, "no target is a container"));
        }
        return facets.values().stream()
                .map(ContainerFacet::engine)
                .distinct()
                .map(engine -> {
                    var problem = new Engine(engine).problem();
                    return new Mechanism("docker", problem.isEmpty(), problem.orElse(engine));
                })
                .toList();
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return switch (kind) {
            case KILL, TERMINATE, PAUSE, RESTART, THROTTLE, MEMORY_LIMIT, THREADS -> Optional.empty();
            case CPU, MEMORY, OOM ->
                Optional.of(
                        kind.published() + " needs a program in the container's control group, which a foreign image"
                                + " has not; name that group as a target with the facet cgroup");
            default -> packets.means().impossible(kind);
        };
    }

    @Override
    public void adopt(List<Target> targets) {
        facets = Target.facets(targets, ContainerFacet.class);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var facet = Optional.ofNullable(facets.get(plan.target()))
                .orElseThrow(() -> new InjectionFailed(plan.target() + " has no container"));
        var engine = new Engine(facet.engine());
        var state = running(engine, facet.container());
        return switch (plan.fault()) {
            case ProcessFault fault -> {
                if (state.autoRemove() && !(fault instanceof ProcessFault.Pause)) {
                    throw new InjectionFailed(
                            "the container is removed when it ends (--rm): it could not be brought back");
                }
                yield new LifeInjection(new Life(engine, state.id(), state.startedAt()), state, fault, clock);
            }
            case ResourceFault fault -> new LimitInjection(engine, state, fault, clock);
            case TrafficFault _ ->
                packets.prepare(
                        plan,
                        namespace(state),
                        new Scope(Optional.empty(), Set.of(), List.of(), protectedPorts.get(), spared));
        };
    }

    private static ContainerState running(Engine engine, String name) throws InjectionFailed {
        ContainerState state;
        try {
            state = engine.inspect(name).orElseThrow(() -> new InjectionFailed("there is no container " + name));
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be looked at", e);
        }
        if (!state.status().equals("running")) {
            throw new InjectionFailed("the container " + name + " is " + state.status() + ", not running");
        }
        return state;
    }

    /// Returns the network of the container where it is its own and on this host.
    private static Namespace namespace(ContainerState state) throws InjectionFailed {
        if (state.networkMode().equals("host") || state.networkMode().startsWith("container:")) {
            throw new InjectionFailed("the container shares its network (" + state.networkMode()
                    + "): a fault on it would hit others; use a target with the facet network");
        }
        var process = ProcessId.of(state.pid())
                .filter(id -> Membership.of(id.pid()).mentions(state.id()))
                .orElseThrow(() -> new InjectionFailed("the container does not run on this host, or its process "
                        + state.pid() + " cannot be seen from here"));
        if (same(Path.of("/proc/self/ns/net"), Path.of("/proc", String.valueOf(state.pid()), "ns", "net"))) {
            throw new InjectionFailed("the container is in the injector's own network");
        }
        return new Namespace.OfProcess(process);
    }

    private static boolean same(Path one, Path other) throws InjectionFailed {
        try {
            return Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
        } catch (IOException e) {
            throw new InjectionFailed("the container's network cannot be looked at", e);
        }
    }

    @Override
    public void close() {
        // what a fault has done ends with it
    }
}
