package io.ordeal.chaos.sample;

import io.ordeal.chaos.process.ProcessId;
import java.util.HashMap;
import java.util.Map;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// What one process uses; a target that starts again is another process.
final class ProcessReadings {
    private static final double MILLIS = 1e3;

    private final OperatingSystem system;
    private final ProcessId process;
    private final Rate cpu = new Rate();
    private final Rate disk = new Rate();

    ProcessReadings(OperatingSystem system, ProcessId process) {
        this.system = system;
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
        cpu.since((used.getKernelTime() + used.getUserTime()) / MILLIS, at)
                .ifPresent(cores -> readings.put("cpu_cores", cores));
        disk.since((double) used.getBytesRead() + used.getBytesWritten(), at)
                .ifPresent(rate -> readings.put("disk_bytes", rate));
        readings.put("memory_bytes", (double) used.getResidentSetSize());
        readings.put("threads", (double) used.getThreadCount());
        files(used, readings);
        return readings;
    }

    private void files(OSProcess used, Map<String, Double> readings) {
        long open = used.getOpenFiles();
        if (open >= 0) { // another user's files cannot be counted
            readings.put("open_files", (double) open);
            readings.put("connections", (double) Sockets.established(process.pid()));
        }
    }
}
