package io.ordeal.chaos.container;

import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.container.RestoreLimits.Change;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.undo.Undo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container that gets less: of a core, of memory, of threads.
final class LimitInjection implements Injection {
    private static final long PERIOD = 100_000;
    private static final long LEAST_QUOTA = 1_000;

    private final RestoreLimits limits;
    private final long pid;
    private final ResourceFault fault;
    private final InstantSource clock;
    private Map<String, String> before = Map.of();

    LimitInjection(Engine engine, ContainerState state, ResourceFault fault, InstantSource clock)
            throws InjectionFailed {
        this.limits = new RestoreLimits(engine, state.id(), changes(state, fault));
        this.pid = state.pid();
        this.fault = fault;
        this.clock = clock;
    }

    private static List<Change> changes(ContainerState state, ResourceFault fault) throws InjectionFailed {
        return switch (fault) {
            case ResourceFault.Throttle(var quota) -> {
                // The engine knows two ways to say it and lets only the one be changed that was used.
                if (state.limit(ContainerState.NANO_CPUS) > 0) {
                    yield List.of(change(state, ContainerState.NANO_CPUS, Math.round(quota * 1e9)));
                }
                long period =
                        state.limit(ContainerState.CPU_PERIOD) > 0 ? state.limit(ContainerState.CPU_PERIOD) : PERIOD;
                yield List.of(
                        change(state, ContainerState.CPU_QUOTA, Math.max(LEAST_QUOTA, Math.round(quota * period))));
            }
            case ResourceFault.MemoryLimit(var limit) ->
                List.of(
                        change(state, ContainerState.MEMORY, limit),
                        change(state, ContainerState.MEMORY_AND_SWAP, limit));
            case ResourceFault.Threads(var left) -> {
                long current = Hierarchies.ofHost()
                        .groupOf(Controller.PIDS, state.pid())
                        .flatMap(group -> group.number("pids.current"))
                        .orElseThrow(() -> new InjectionFailed("the threads of the container cannot be counted here"));
                yield List.of(change(state, ContainerState.PIDS, current + left));
            }
            default -> throw new InjectionFailed("there is no " + fault.kind().published() + " of a container");
        };
    }

    private static Change change(ContainerState state, String name, long ours) throws InjectionFailed {
        long former = state.limit(name);
        if (former == ours) {
            throw new InjectionFailed(name + " of the container is " + ours + " already");
        }
        return new Change(name, former, ours);
    }

    @Override
    public Undo undo() {
        return limits;
    }

    @Override
    public List<String> steps() {
        return List.of("POST /containers/" + limits.id() + "/update " + limits.body());
    }

    @Override
    public Instant act() throws InjectionFailed {
        try {
            before = measured();
            var actedAt = clock.instant();
            limits.set();
            return actedAt;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the limits cannot be changed", e);
        }
    }

    @Override
    public Map<String, String> see() throws InjectionFailed {
        try {
            if (limits.done()) {
                throw new InjectionFailed("the engine has not taken the limits: " + limits.evidence());
            }
            var evidence = new LinkedHashMap<>(limits.evidence());
            limits.changes()
                    .forEach(change -> evidence.put(change.name() + "_before", RestoreLimits.shown(change.former())));
            before.forEach((name, value) -> evidence.put(name + "_before", value));
            var now = measured();
            evidence.putAll(now);
            if (!now.isEmpty() && now.equals(before)) {
                throw new InjectionFailed("the kernel has not taken the limits: " + now);
            }
            return evidence;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be looked at", e);
        }
    }

    @Override
    public void revert() throws InjectionFailed {
        try {
            limits.perform();
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the limits cannot be restored", e);
        }
    }

    @Override
    public Map<String, String> seeGone() throws InjectionFailed {
        try {
            if (!limits.done()) {
                throw new InjectionFailed("the limits are still " + limits.evidence());
            }
            var evidence = new LinkedHashMap<>(limits.evidence());
            evidence.putAll(measured());
            return evidence;
        } catch (Engine.Refused e) {
            throw new InjectionFailed("the container cannot be looked at", e);
        }
    }

    /// Returns the limits that the kernel holds the container to, where they can be read on this host.
    private Map<String, String> measured() {
        var hierarchies = Hierarchies.ofHost();
        Optional<String> value = switch (fault) {
            case ResourceFault.Throttle _ ->
                hierarchies.groupOf(Controller.CPU, pid).flatMap(group -> group.text("cpu.max", "cpu.cfs_quota_us"));
            case ResourceFault.MemoryLimit _ ->
                hierarchies
                        .groupOf(Controller.MEMORY, pid)
                        .flatMap(group -> group.text("memory.max", "memory.limit_in_bytes"));
            default -> hierarchies.groupOf(Controller.PIDS, pid).flatMap(group -> group.text("pids.max"));
        };
        return value.map(text -> Map.of("cgroup_limit", text)).orElse(Map.of());
    }
}
