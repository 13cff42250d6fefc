package io.ordeal.chaos.resource;

import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.FacetInjections;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.DirectoryFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.chaos.process.HelperInjection;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.lifecycle.Mechanism;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Faults on directories and the file systems that they are on.
public final class DirectoryInjections implements FacetInjections {
    private static final Set<FaultKind> KINDS = Set.of(FaultKind.DISK_FILL, FaultKind.DISK_IO);

    private final Supplier<List<Path>> protectedPaths;
    private final Path folder;
    private final Path log;
    private final InstantSource clock;
    private volatile Map<String, DirectoryFacet> facets;

    /// @param protectedPaths where no fault may write, as the policy has them now
    /// @param folder the injector's state, where helpers write their errors
    public DirectoryInjections(
            List<Target> targets, Supplier<List<Path>> protectedPaths, Path folder, InstantSource clock) {
        this.facets = Target.facets(targets, DirectoryFacet.class);
        this.protectedPaths = protectedPaths;
        this.folder = folder;
        this.log = folder.resolve("resource-helper.log");
        this.clock = clock;
    }

    @Override
    public Set<Facet> facets() {
        return Set.of(Facet.DIRECTORY);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(new Mechanism("disk", true, "files without a name"));
    }

    @Override
    public Optional<String> impossible(FaultKind kind, Facet facet, String target) {
        return KINDS.contains(kind)
                ? Optional.empty()
                : Optional.of("there is no " + kind.published() + " of a " + facet.published());
    }

    @Override
    public void adopt(List<Target> targets) {
        facets = Target.facets(targets, DirectoryFacet.class);
    }

    @Override
    public Injection prepare(FaultPlan plan, long seed) throws InjectionFailed {
        return new HelperInjection(load(plan), log, clock);
    }

    private HelperLoad load(FaultPlan plan) throws InjectionFailed {
        var facet = Optional.ofNullable(facets.get(plan.target()))
                .orElseThrow(() -> new InjectionFailed(plan.target() + " has no directory"));
        var disk = FileSystemUse.of(facet.path(), facet.reserve());
        var limit = plan.duration().plus(HelperInjection.BEYOND);
        var spared = new SparedSpace(folder, protectedPaths.get());
        return switch (plan.fault()) {
            case ResourceFault.DiskFill(double fill) -> new DiskFilling(disk, fill, limit, spared);
            case ResourceFault.DiskIo(int workers) -> new DiskPressure(disk, workers, limit, spared);
            default -> throw new InjectionFailed("there is no " + plan.kind() + " of a directory");
        };
    }

    @Override
    public void close() {
        // helpers end with their faults
    }
}
