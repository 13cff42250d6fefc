package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.Target;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Faults on the resources of the host.
public final class HostInjections implements FacetInjections {
    private final Path folder;
    private final InstantSource clock;
    private final Optional<Path> stressNg = CpuHelper.installedStressNg();

    /// @param folder where helpers write their output
    public HostInjections(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.HOST, Facet.CGROUP, Facet.DIRECTORY);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                new Mechanism(
                        "stress-ng",
                        stressNg.isPresent(),
                        stressNg.map(Path::toString).orElse("not installed; the built-in helper makes CPU load")),
                new Mechanism("cpu", true, stressNg.isPresent() ? "stress-ng" : "built-in"));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return kind == FaultKind.CPU && facet == Facet.HOST
                ? Optional.empty()
                : Optional.of("there is no " + kind.published() + " of a " + facet.published());
    }

    /// It keeps nothing about targets.
    @Override
    public void adopt(List<Target> targets) {}

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        if (plan.fault() instanceof ResourceFault.CpuLoad load) {
            return new CpuInjection(load, plan.duration(), stressNg, folder.resolve("cpu-helper.log"), clock);
        }
        throw new InjectionFailed("there is no " + plan.kind() + " of a host");
    }

    @Override
    public void close() {
        // helpers end with their faults
    }
}
