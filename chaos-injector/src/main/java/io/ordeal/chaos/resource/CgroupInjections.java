package io.ordeal.chaos.resource;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.CgroupFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.HelperInjection;
import io.ordeal.chaos.process.Programs;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Faults on control groups of this host: what they may use, and what helpers use in them.
public final class CgroupInjections implements FacetInjections {
    private final Hierarchies hierarchies;
    private final HeldLimits held = new HeldLimits();
    private final Path log;
    private final InstantSource clock;
    private final Optional<Path> stressNg;
    private volatile Map<String, CgroupFacet> facets;

    /// @param folder where helpers write their errors
    public CgroupInjections(List<Target> targets, Path folder, InstantSource clock) {
        this(targets, folder, clock, Hierarchies.ofHost(), Programs.installed("stress-ng"));
    }

    /// @param stressNg the program, where it is to be used
    CgroupInjections(
            List<Target> targets, Path folder, InstantSource clock, Hierarchies hierarchies, Optional<Path> stressNg) {
        this.facets = Target.facets(targets, CgroupFacet.class);
        this.log = folder.resolve("resource-helper.log");
        this.clock = clock;
        this.hierarchies = hierarchies;
        this.stressNg = stressNg;
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.CGROUP);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return Arrays.stream(Controller.values())
                .map(controller -> {
                    var problem = unusable(controller);
                    var detail = problem.orElseGet(() -> hierarchies
                            .with(controller)
                            .map(hierarchy -> "version " + hierarchy.version() + " at " + hierarchy.root())
                            .orElse(""));
                    return new Mechanism("cgroup-" + controller.published(), problem.isEmpty(), detail);
                })
                .toList();
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        var controller = controller(kind);
        return controller.isEmpty()
                ? Optional.of("there is no " + kind.published() + " of a " + facet.published())
                : unusable(controller.get());
    }

    private static Optional<Controller> controller(FaultKind kind) {
        return switch (kind) {
            case CPU, THROTTLE -> Optional.of(Controller.CPU);
            case MEMORY, MEMORY_LIMIT, OOM -> Optional.of(Controller.MEMORY);
            case THREADS -> Optional.of(Controller.PIDS);
            default -> Optional.empty();
        };
    }

    private Optional<String> unusable(Controller controller) {
        var hierarchy = hierarchies.with(controller);
        if (hierarchy.isEmpty()) {
            return Optional.of("no control groups with the controller " + controller.published() + " are mounted");
        }
        var root = hierarchy.get().root();
        return Files.isWritable(root)
                ? Optional.empty()
                : Optional.of("the control groups in " + root + " cannot be written");
    }

    @Override
    public void adopt(List<Target> targets) {
        facets = Target.facets(targets, CgroupFacet.class);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        var group = group(plan);
        var limit = plan.duration().plus(HelperInjection.BEYOND);
        return switch (plan.fault()) {
            case ResourceFault.CpuLoad load ->
                new HelperInjection(
                        new CpuPressure(load, limit, stressNg, HelperPlace.in(group), CpuLimit.of(group)), log, clock);
            case ResourceFault.Throttle(double quota) ->
                new LimitInjection(CpuLimit.tightened(group, quota), new CpuProbe(group, quota), held, clock);
            case ResourceFault.Memory(double fill) ->
                new HelperInjection(
                        new MemoryPressure(new MemoryGauge.Group(group), fill, limit, HelperPlace.in(group)),
                        log,
                        clock);
            case ResourceFault.MemoryLimit(long bytes) -> memoryLimit(group, bytes);
            case ResourceFault.Threads(int left) ->
                new LimitInjection(ThreadLimit.tightened(group, left), new ThreadLimit.Probe(group), held, clock);
            case ProcessFault.OutOfMemory _ -> outOfMemory(group, limit);
            default -> throw none(plan.fault());
        };
    }

    private Injection memoryLimit(ControlGroup group, long bytes) throws InjectionFailed {
        return new LimitInjection(MemoryLimit.tightened(group, bytes), new MemoryLimit.Probe(group), held, clock);
    }

    private Injection outOfMemory(ControlGroup group, Duration limit) throws InjectionFailed {
        return new OutOfMemoryInjection(group, limit, held, log, clock);
    }

    private ControlGroup group(FaultPlan plan) throws InjectionFailed {
        var path = Optional.ofNullable(facets.get(plan.target()))
                .map(CgroupFacet::path)
                .orElseThrow(() -> new InjectionFailed(plan.target() + " has no control group"));
        var controller = controller(plan.fault().kind()).orElseThrow(() -> none(plan.fault()));
        if (path.toString().isEmpty() || hierarchies.holdsUs(path)) {
            throw new InjectionFailed("the control group " + path + " holds the injector itself");
        }
        return hierarchies
                .group(controller, path)
                .filter(ControlGroup::exists)
                .orElseThrow(() -> new InjectionFailed(
                        "there is no control group " + path + " with the controller " + controller.published()));
    }

    private static InjectionFailed none(Fault fault) {
        return new InjectionFailed("there is no " + fault.kind().published() + " of a control group");
    }

    @Override
    public void close() {
        // limits are taken back with their faults
    }
}
