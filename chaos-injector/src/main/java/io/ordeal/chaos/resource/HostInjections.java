package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.HelperInjection;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.Programs;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Faults on the resources of the host.
public final class HostInjections implements FacetInjections {
    private static final Set<FaultKind> KINDS = Set.of(FaultKind.CPU, FaultKind.MEMORY);

    private final Path log;
    private final InstantSource clock;
    private final Optional<Path> stressNg;
    private final Optional<String> noMemory;

    /// @param folder where helpers write their errors
    public HostInjections(Path folder, InstantSource clock) {
        this(folder, clock, Programs.installed("stress-ng"));
    }

    /// @param stressNg the program, where it is to be used
    HostInjections(Path folder, InstantSource clock, Optional<Path> stressNg) {
        this.log = folder.resolve("resource-helper.log");
        this.clock = clock;
        this.stressNg = stressNg;
        this.noMemory = memoryProblem();
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.HOST);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                new Mechanism(
                        "stress-ng",
                        stressNg.isPresent(),
                        stressNg.map(Path::toString).orElse("not installed; the built-in helper makes CPU load")),
                new Mechanism("cpu", true, stressNg.isPresent() ? "stress-ng" : "built-in"),
                new Mechanism("memory", noMemory.isEmpty(), noMemory.orElse("built-in")));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        if (!KINDS.contains(kind)) {
            return Optional.of("there is no " + kind.published() + " of a " + facet.published());
        }
        return kind == FaultKind.MEMORY ? noMemory : Optional.empty();
    }

    /// It keeps nothing about targets.
    @Override
    public void adopt(List<Target> targets) {}

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        return new HelperInjection(load(plan), log, clock);
    }

    private HelperLoad load(FaultPlan plan) throws InjectionFailed {
        var limit = plan.duration().plus(HelperInjection.BEYOND);
        return switch (plan.fault()) {
            case ResourceFault.CpuLoad load ->
                new CpuPressure(load, limit, stressNg, HelperPlace.host(), Double.MAX_VALUE);
            case ResourceFault.Memory(double fill) ->
                new MemoryPressure(new MemoryGauge.Host(), fill, limit, HelperPlace.host());
            default -> throw new InjectionFailed("there is no " + plan.kind() + " of a host");
        };
    }

    @Override
    public void close() {
        // helpers end with their faults
    }

    private static Optional<String> memoryProblem() {
        try {
            return new MemoryGauge.Host().now().total() > 0 ? Optional.empty() : Optional.of("no memory is told");
        } catch (UncheckedIOException e) {
            return Optional.of("the memory in use cannot be told: " + e.getMessage());
        }
    }
}
