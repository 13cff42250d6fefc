package io.ordeal.chaos.sample;

import io.ordeal.chaos.cgroup.Controller;
import io.ordeal.chaos.cgroup.Hierarchies;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.process.Resource;
import io.ordeal.schemas.resources.Readings;
import java.util.HashMap;
import java.util.Map;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// What one process uses; a target that starts again is another process.
final class ProcessReadings {
    private static final Hierarchies HIERARCHIES = Hierarchies.ofHost();

    private static final double MILLIS = 1e3;

    private final OperatingSystem system;
    private final Host host;
    private final ProcessId process;
    private final Rate cpu = new Rate();
    private final Rate disk = new Rate();

    /// What a process has a part of.
    ///
    /// @param memory bytes
    record Host(int cores, long memory) {
        static Host of(SystemInfo system) {
            var hardware = system.getHardware();
            return new Host(
                    hardware.getProcessor().getLogicalProcessorCount(),
                    hardware.getMemory().getTotal());
        }
    }

    ProcessReadings(OperatingSystem system, Host host, ProcessId process) {
        this.system = system;
        this.host = host;
        this.process = process;
    }

    ProcessId process() {
        return process;
    }

    /// Returns the readings by name, none when it has ended; rates are those since the call before.
    Map<String, Double> now() {
        var readings = new HashMap<String, Double>();
        long at = System.nanoTime();
        var used = system.getProcess((int) process.pid());
        if (used == null || !process.alive()) {
            return Map.of();
        }
        cpu.since((used.getKernelTime() + used.getUserTime()) / MILLIS, at).ifPresent(cores -> {
            readings.put("cpu_cores", cores);
            readings.put("cpu", cores / host.cores);
        });
        disk.since((double) used.getBytesRead() + used.getBytesWritten(), at)
                .ifPresent(rate -> readings.put("disk_bytes", rate));
        readings.put("memory_bytes", (double) used.getResidentSetSize());
        readings.put("memory", (double) used.getResidentSetSize() / memory());
        readings.put("threads", (double) used.getThreadCount());
        files(used, readings);
        return readings;
    }

    private void files(OSProcess used, Map<String, Double> readings) {
        long open = used.getOpenFiles();
        if (open >= 0) { // another user's files cannot be counted
            readings.put("open_files", (double) open);
            Resource.FILES
                    .shownFor(process)
                    .filter(limit -> !limit.equals("unlimited"))
                    .ifPresent(limit -> readings.put("open_files" + Readings.LIMIT, Double.valueOf(limit)));
            readings.put("connections", (double) Sockets.established(process.pid()));
        }
    }

    /// Returns the memory that it may have: that of the host, or less where its control group is limited; bytes.
    /// Without
    /// a limit a control group says `max`, or a number beyond all memory.
    private long memory() {
        return HIERARCHIES
                .groupOf(Controller.MEMORY, process.pid())
                .flatMap(group -> group.number(group.version() == 2 ? "memory.max" : "memory.limit_in_bytes"))
                .filter(limit -> limit > 0 && limit < host.memory)
                .orElse(host.memory);
    }
}
