package io.ordeal.chaos.targets;

import io.ordeal.chaos.container.ContainerInjections;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.gpu.GpuInjections;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Injections;
import io.ordeal.chaos.network.NetworkInjections;
import io.ordeal.chaos.network.NetworkMeans;
import io.ordeal.chaos.network.Packets;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.policy.TargetFacet;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.ProcessInjections;
import io.ordeal.chaos.proxy.ProxyInjections;
import io.ordeal.chaos.resource.CgroupInjections;
import io.ordeal.chaos.resource.DirectoryInjections;
import io.ordeal.chaos.resource.HostInjections;
import io.ordeal.chaos.toxiproxy.RemoteProxies;
import io.ordeal.chaos.undo.UndoLog;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The targets of an injector as they live: proxies that listen, processes that run, and what the host can do to
/// them.
public final class Targets implements Injections, AutoCloseable {
    private final Deque<FacetInjections> all = new ArrayDeque<>();
    private final ProxyInjections proxies;
    private final ProcessInjections processes;
    private volatile InjectorConfiguration configuration;

    private Targets(
            InjectorConfiguration configuration,
            Path folder,
            UndoLog undoes,
            InstantSource clock,
            List<InetSocketAddress> spared)
            throws IOException {
        this.configuration = configuration;
        var targets = configuration.targets();
        try {
            var packets = new Packets(NetworkMeans.find(), clock);
            proxies = ProxyInjections.start(targets, clock);
            with(new RemoteProxies(targets, proxies, clock));
            processes = with(ProcessInjections.start(targets, folder, undoes, clock));
            with(new HostInjections(folder, clock));
            with(new NetworkInjections(targets, () -> limits().protectedPorts(), spared, packets));
            with(new ContainerInjections(targets, () -> limits().protectedPorts(), spared, packets, clock));
            with(new CgroupInjections(targets, folder, clock));
            with(new DirectoryInjections(targets, () -> limits().protectedPaths(), folder, clock));
            with(new GpuInjections(targets, folder, clock));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts what `configuration` names.
    ///
    /// @param folder where programs write their output
    /// @throws IOException when a proxy cannot listen or an undo cannot be written; then nothing runs
    public static Targets start(InjectorConfiguration configuration, Path folder, UndoLog undoes, InstantSource clock)
            throws IOException {
        return start(configuration, folder, undoes, clock, List.of());
    }

    /// Starts what `configuration` names.
    ///
    /// @param spared what the injector itself talks to: no fault touches its packets
    public static Targets start(
            InjectorConfiguration configuration,
            Path folder,
            UndoLog undoes,
            InstantSource clock,
            List<InetSocketAddress> spared)
            throws IOException {
        return new Targets(configuration, folder, undoes, clock, spared);
    }

    private Limits limits() {
        return configuration.limits();
    }

    /// Returns what it lives by.
    public InjectorConfiguration configuration() {
        return configuration;
    }

    /// Lives by `changed` from now on: ends what has gone from it or is different, starts what is new, and leaves the
    /// rest alone. No fault is in force on what has gone or is different.
    ///
    /// @throws IOException when something cannot be started or cannot change; then all is as before
    public void adopt(InjectorConfiguration changed) throws IOException {
        var before = configuration;
        var tried = new ArrayList<FacetInjections>();
        try {
            for (var injections : all.reversed()) {
                if (!handles(before, injections).equals(handles(changed, injections))) {
                    tried.add(injections);
                    injections.adopt(of(changed, injections));
                }
            }
            configuration = changed;
        } catch (IOException | RuntimeException e) {
            for (var injections : tried) {
                attempt(e, () -> injections.adopt(of(before, injections)));
            }
            throw e;
        }
    }

    private static List<Target> of(InjectorConfiguration configuration, FacetInjections injections) {
        return configuration.targets().stream()
                .filter(target -> injections.facets().stream().anyMatch(target::has))
                .toList();
    }

    /// What is allowed on a target changes nothing about how it is touched.
    private static Map<String, List<TargetFacet>> handles(
            InjectorConfiguration configuration, FacetInjections injections) {
        return of(configuration, injections).stream().collect(Collectors.toMap(Target::name, Target::facets));
    }

    /// Goes back to what was.
    private interface Step {
        void take() throws IOException;
    }

    private static void attempt(Exception failure, Step step) {
        try {
            step.take();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var injections = by(plan.facet())
                .orElseThrow(() -> new InjectionFailed(
                        "this injector has no means for " + plan.facet().published()));
        var problem = injections.impossible(plan.fault().kind(), plan.facet(), plan.target());
        if (problem.isPresent()) {
            throw new InjectionFailed(problem.get());
        }
        return injections.prepare(plan, seed);
    }

    /// Returns the kinds that are possible on this host and allowed on `target`.
    public List<FaultKind> kinds(Target target) {
        return target.kinds().stream()
                .filter(kind -> target.facetsFor(kind).stream()
                        .anyMatch(facet -> by(facet)
                                .map(injections -> injections
                                        .impossible(kind, facet, target.name())
                                        .isEmpty())
                                .orElse(false)))
                .toList();
    }

    /// Returns the kinds that are allowed on `target` and which its facets have, but which are not possible on this
    /// host, each with the reason.
    public Map<FaultKind, String> impossible(Target target) {
        var reasons = new EnumMap<FaultKind, String>(FaultKind.class);
        var possible = kinds(target);
        for (var kind : target.kinds()) {
            if (!possible.contains(kind)) {
                var facet = target.facetsFor(kind).getFirst();
                reasons.put(
                        kind,
                        by(facet)
                                .flatMap(injections -> injections.impossible(kind, facet, target.name()))
                                .orElse("this injector has no means for " + facet.published()));
            }
        }
        return reasons;
    }

    /// Returns where the proxy of `target` listens, or empty where it has none.
    public Optional<InetSocketAddress> listenAddress(String target) {
        return proxies.listenAddress(target);
    }

    /// Returns the process of `target` as it runs now, or empty where it has none.
    public Optional<ProcessId> process(String target) {
        return processes.process(target);
    }

    /// Whether every process that is ours to run serves, and every proxy has been tried.
    public boolean ready() {
        return all.stream().allMatch(FacetInjections::ready);
    }

    /// Returns the means that this host offers.
    public List<Mechanism> mechanisms() {
        return all.reversed().stream()
                .flatMap(injections -> injections.mechanisms().stream())
                .toList();
    }

    /// Ends what it has started, the last first.
    @Override
    public void close() {
        while (!all.isEmpty()) {
            all.pop().close();
        }
    }

    private Optional<FacetInjections> by(Facet facet) {
        return all.stream()
                .filter(injections -> injections.facets().contains(facet))
                .findAny();
    }

    private <T extends FacetInjections> T with(T injections) {
        all.push(injections);
        return injections;
    }
}
