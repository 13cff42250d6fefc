package io.ordeal.generator;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The processor use of this process, measured over at least a tenth of a second. Thread-safe.
final class ProcessCpu {
    private static final long SHORTEST = 100_000_000L;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long measuredAt = System.nanoTime();
    private long used = system.getProcessCpuTime();
    private double cores;

    /// Returns the cores in use since the last measurement.
    synchronized double cores() {
        long now = System.nanoTime();
        if (now - measuredAt >= SHORTEST) {
            long usedNow = system.getProcessCpuTime();
            cores = (double) (usedNow - used) / (now - measuredAt);
            measuredAt = now;
            used = usedNow;
        }
        return cores;
    }
}
