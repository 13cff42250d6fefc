package io.ordeal.chaos.sample;

import io.ordeal.chaos.posix.KernelFile;
import io.ordeal.schemas.resources.Readings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;

/// What the whole host uses.
final class HostReadings {
    private static final double MILLIS = 1e3;
    private static final Path MOST_THREADS = Path.of("/proc/sys/kernel/threads-max");

    private final SystemInfo system = new SystemInfo();
    private final List<HWDiskStore> disks = system.getHardware().getDiskStores();
    private final List<NetworkIF> networks = system.getHardware().getNetworkIFs();
    private final Rate cpu = new Rate();
    private final Rate disk = new Rate();
    private final Rate network = new Rate();

    /// Returns the readings by name; rates are those since the call before.
    Map<String, Double> now() {
        var readings = new HashMap<String, Double>();
        long at = System.nanoTime();
        cpu.since(busyMillis() / MILLIS, at).ifPresent(cores -> {
            readings.put("cpu_cores", cores);
            readings.put("cpu", cores / system.getHardware().getProcessor().getLogicalProcessorCount());
        });
        disk.since(diskBytes(), at).ifPresent(rate -> readings.put("disk_bytes", rate));
        network.since(networkBytes(), at).ifPresent(rate -> readings.put("network_bytes", rate));
        var memory = system.getHardware().getMemory();
        double used = (double) memory.getTotal() - memory.getAvailable();
        readings.put("memory_bytes", used);
        readings.put("memory", used / memory.getTotal());
        readings.put("memory_total_bytes", (double) memory.getTotal());
        var os = system.getOperatingSystem();
        readings.put("threads", (double) os.getThreadCount());
        KernelFile.number(MOST_THREADS).ifPresent(limit -> readings.put("threads" + Readings.LIMIT, (double) limit));
        readings.put("open_files", (double) os.getFileSystem().getOpenFileDescriptors());
        readings.put("open_files" + Readings.LIMIT, (double) os.getFileSystem().getMaxFileDescriptors());
        var tcp = os.getInternetProtocolStats().getTCPv4Stats();
        readings.put("connections", (double) tcp.getConnectionsEstablished());
        return readings;
    }

    /// Returns the time that all cores together have been busy.
    private long busyMillis() {
        var ticks = system.getHardware().getProcessor().getSystemCpuLoadTicks();
        return Arrays.stream(ticks).sum()
                - ticks[TickType.IDLE.getIndex()]
                - ticks[TickType.IOWAIT.getIndex()]
                - ticks[TickType.STEAL.getIndex()];
    }

    private double diskBytes() {
        double bytes = 0;
        for (var store : disks) {
            store.updateAttributes();
            bytes += (double) store.getReadBytes() + store.getWriteBytes();
        }
        return bytes;
    }

    private double networkBytes() {
        double bytes = 0;
        for (var network : networks) {
            network.updateAttributes();
            bytes += (double) network.getBytesRecv() + network.getBytesSent();
        }
        return bytes;
    }
}
