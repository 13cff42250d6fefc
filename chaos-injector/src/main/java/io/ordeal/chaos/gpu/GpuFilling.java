package io.ordeal.chaos.gpu;

import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.injection.Shown;
import io.ordeal.chaos.policy.GpuFacet;
import io.ordeal.chaos.process.HelperLoad;
import io.ordeal.chaos.process.HelperProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A helper that leaves a GPU no more memory than asked.
final class GpuFilling implements HelperLoad {
    /// The driver gives memory in pieces of 2 MiB, and a context of its own takes some.
    private static final long TOLERANCE = 8L << 20;
    /// What a context of somebody else may take or give while we look.
    private static final double DRIFT = 0.02;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GpuPrograms programs;
    private final GpuFacet facet;
    private final GpuDevice device;
    private final double fill;
    private final Duration limit;
    private Optional<GpuUse> before = Optional.empty();
    private Optional<GpuUse> during = Optional.empty();

    /// @param limit after which the helper ends by itself
    GpuFilling(GpuPrograms programs, GpuFacet facet, GpuDevice device, double fill, Duration limit) {
        this.programs = programs;
        this.facet = facet;
        this.device = device;
        this.fill = fill;
        this.limit = limit;
    }

    @Override
    public List<String> command() {
        return programs.filling(device.uuid(), keep(), limit);
    }

    private long keep() {
        return Math.max((long) (device.total() * (1 - fill)), facet.reserve());
    }

    @Override
    public void before() throws InjectionFailed, InterruptedException {
        var use = programs.use(device.uuid());
        before = Optional.of(use);
        if (use.free() <= keep()) {
            throw new InjectionFailed(use.shown() + " of the memory of " + device.name() + " is in use already, and "
                    + Shown.bytes(keep()) + " are to stay free: nothing is left to do");
        }
    }

    @Override
    public Optional<Map<String, String>> shown(HelperProgram helper) throws InjectionFailed {
        during = helper.lastLine().flatMap(GpuUse::read);
        return during.filter(use -> use.free() <= keep() + TOLERANCE)
                .map(use -> Map.of(
                        "device", device.uuid(),
                        "gpu_memory_before", before.map(GpuUse::shown).orElse(""),
                        "gpu_memory_during", use.shown()));
    }

    @Override
    public String missing() {
        return during.map(
                        use -> use.shown() + " of the memory is in use where " + Shown.percent(fill) + " is asked for")
                .orElse("the helper tells nothing of " + device.name());
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    /// The memory is back when the use is nearer to what it was than to what it became.
    @Override
    public Optional<Map<String, String>> after() throws InjectionFailed, InterruptedException {
        if (before.isEmpty()) {
            return Optional.of(Map.of());
        }
        var use = programs.use(device.uuid());
        long most = during.map(d -> (before.get().used() + d.used()) / 2)
                .orElse(before.get().used());
        return use.used() > most + DRIFT * use.total()
                ? Optional.empty()
                : Optional.of(Map.of("gpu_memory_after", use.shown()));
    }
}
