package io.ordeal.chaos.gpu;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.GpuFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.HelperInjection;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Faults on the memory of GPUs.
public final class GpuInjections implements FacetInjections {
    private final Map<String, GpuDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final List<Mechanism> mechanisms = new CopyOnWriteArrayList<>();
    private volatile Map<String, GpuFacet> facets = Map.of();
    private final Path log;
    private final InstantSource clock;

    /// Looks for the GPUs that `targets` name; where they name none, no driver is loaded.
    ///
    /// @param folder where helpers write their errors
    public GpuInjections(List<Target> targets, Path folder, InstantSource clock) {
        this.log = folder.resolve("gpu-helper.log");
        this.clock = clock;
        adopt(targets);
    }

    /// Looks for the GPUs again, as `targets` name them.
    @Override
    public void adopt(List<Target> targets) {
        facets = Target.facets(targets, GpuFacet.class);
        devices.clear();
        problems.clear();
        mechanisms.clear();
        var libraries = facets.values().stream().map(GpuInjections::library).collect(Collectors.toSet());
        if (libraries.isEmpty()) {
            mechanisms.add(new Mechanism("gpu", false, "no target is a GPU"));
        }
        libraries.forEach(this::look);
    }

    private void look(String library) {
        try {
            var found = new GpuPrograms(library).devices();
            var shown = found.stream()
                    .map(device -> device.uuid() + " " + device.name())
                    .collect(Collectors.joining(", "));
            mechanisms.add(new Mechanism("gpu", !found.isEmpty(), library + ": " + shown));
            facets.forEach((target, facet) -> {
                if (library(facet).equals(library)) {
                    found.stream()
                            .filter(device -> device.is(facet.device()))
                            .findFirst()
                            .ifPresentOrElse(
                                    device -> devices.put(target, device),
                                    () -> problems.put(
                                            target, "there is no GPU " + facet.device() + ", only " + shown));
                }
            });
        } catch (InjectionFailed e) {
            mechanisms.add(new Mechanism("gpu", false, e.reason()));
            facets.keySet().forEach(target -> problems.putIfAbsent(target, e.reason()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String library(GpuFacet facet) {
        return facet.library().map(Path::toString).orElse(CudaDriver.USUAL_LIBRARY);
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.GPU);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.copyOf(mechanisms);
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        if (kind != FaultKind.GPU_MEMORY) {
            return Optional.of("there is no " + kind.published() + " of a " + facet.published());
        }
        return devices.containsKey(target)
                ? Optional.empty()
                : Optional.of(problems.getOrDefault(target, target + " has no GPU"));
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var facet = Optional.ofNullable(facets.get(plan.target()));
        var device = Optional.ofNullable(devices.get(plan.target()));
        if (facet.isEmpty() || device.isEmpty() || !(plan.fault() instanceof ResourceFault.GpuMemory(double fill))) {
            throw new InjectionFailed("there is no " + plan.kind() + " of " + plan.target());
        }
        var limit = plan.duration().plus(HelperInjection.BEYOND);
        var programs = new GpuPrograms(library(facet.get()));
        return new HelperInjection(new GpuFilling(programs, facet.get(), device.get(), fill, limit), log, clock);
    }

    @Override
    public void close() {
        // helpers end with their faults
    }
}
