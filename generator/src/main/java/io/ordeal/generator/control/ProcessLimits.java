package io.ordeal.generator.control;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what this process has for connections. What cannot be read counts as ample.
public final class ProcessLimits {
    private static final Path PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private ProcessLimits() {}

    /// Returns what it has now.
    public static Capacity read() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return new Capacity(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount(), ports());
        }
        return Capacity.AMPLE;
    }

    private static long ports() {
        try {
            return ports(Files.readString(PORTS));
        } catch (IOException _) {
            return Capacity.AMPLE.ports();
        }
    }

    /// Reads a range such as `32768 60999`.
    static long ports(String range) {
        var ends = range.strip().split("\\s+", -1);
        return ends.length == 2 ? Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1 : Capacity.AMPLE.ports();
    }
}
