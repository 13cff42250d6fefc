package io.ordeal.chaos.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an engine says of a container.
///
/// @param startedAt when it was started last; with its id, this is one life of it
/// @param pid of its first process on the engine's host, 0 where it does not run
/// @param health `none` where nobody looks
/// @param limits what can be changed, by the engine's names; below 1: none
record ContainerState(
        String id,
        String status,
        String startedAt,
        long pid,
        int exitCode,
        boolean killedForMemory,
        String health,
        String stopSignal,
        String restartPolicy,
        boolean autoRemove,
        String networkMode,
        Map<String, Long> limits) {
    static final String NANO_CPUS = "NanoCpus";
    static final String CPU_QUOTA = "CpuQuota";
    static final String CPU_PERIOD = "CpuPeriod";
    static final String MEMORY = "Memory";
    static final String MEMORY_AND_SWAP = "MemorySwap";
    static final String PIDS = "PidsLimit";

    ContainerState {
        limits = Map.copyOf(limits);
    }

    static ContainerState of(JsonNode json) {
        var state = json.path("State");
        var host = json.path("HostConfig");
        var limits = new LinkedHashMap<String, Long>();
        for (var name : List.of(NANO_CPUS, CPU_QUOTA, CPU_PERIOD, MEMORY, MEMORY_AND_SWAP, PIDS)) {
            limits.put(name, host.path(name).asLong(0));
        }
        return new ContainerState(
                json.path("Id").asText(),
                state.path("Status").asText(),
                state.path("StartedAt").asText(),
                state.path("Pid").asLong(0),
                state.path("ExitCode").asInt(0),
                state.path("OOMKilled").asBoolean(false),
                state.path("Health").path("Status").asText("none"),
                json.path("Config").path("StopSignal").asText("SIGTERM"),
                host.path("RestartPolicy").path("Name").asText("no"),
                host.path("AutoRemove").asBoolean(false),
                host.path("NetworkMode").asText(),
                limits);
    }

    /// Whether its processes are there, paused or not.
    boolean up() {
        return status.equals("running") || paused() || status.equals("restarting");
    }

    boolean paused() {
        return status.equals("paused");
    }

    /// Whether it will never run again.
    boolean going() {
        return status.equals("removing") || status.equals("dead");
    }

    long limit(String name) {
        return limits.getOrDefault(name, 0L);
    }
}
