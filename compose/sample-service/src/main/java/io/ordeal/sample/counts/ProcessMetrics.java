package io.ordeal.sample.counts;

import com.sun.management.GcInfo;
import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// What the process uses, under the names that Prometheus clients have agreed on.
final class ProcessMetrics {

    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final double PAGE_BYTES = 4096;

    private ProcessMetrics() {}

    static void register(PrometheusRegistry registry) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        gauge(registry, "process_start_time_seconds", "Start since the epoch.", () -> runtime.getStartTime() / 1e3);
        gauge(registry, "jvm_threads_current", "Platform threads.", threads::getThreadCount);
        gauge(
                registry,
                "jvm_memory_heap_used_bytes",
                "Heap in use.",
                () -> memory.getHeapMemoryUsage().getUsed());
        gauge(
                registry,
                "jvm_memory_heap_after_gc_bytes",
                "Heap in use after the last garbage collection.",
                ProcessMetrics::heapAfterCollection);
        counter(registry, "jvm_gc_collection_seconds_total", "Time in garbage collection.", () -> {
            long millis = 0;
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                millis += Math.max(0, collector.getCollectionTime());
            }
            return millis / 1e3;
        });
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            counter(registry, "process_cpu_seconds_total", "CPU time.", () -> unix.getProcessCpuTime() / 1e9);
            gauge(registry, "process_open_fds", "Open file descriptors.", unix::getOpenFileDescriptorCount);
            gauge(registry, "process_max_fds", "Permitted file descriptors.", unix::getMaxFileDescriptorCount);
        }
        if (Files.isReadable(MEMORY)) {
            gauge(registry, "process_resident_memory_bytes", "Resident memory.", ProcessMetrics::residentBytes);
        }
    }

    /// What was alive when the newest collection ended; no number before the first.
    private static double heapAfterCollection() {
        return ManagementFactory.getPlatformMXBeans(com.sun.management.GarbageCollectorMXBean.class).stream()
                .map(com.sun.management.GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(info -> heap(info.getMemoryUsageAfterGc()))
                .orElse(Double.NaN);
    }

    private static double heap(Map<String, MemoryUsage> pools) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .flatMap(pool -> Stream.ofNullable(pools.get(pool.getName())))
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    /// The second number of `/proc/self/statm` is the resident set in pages.
    private static double residentBytes() {
        try {
            String line = Files.readString(MEMORY);
            int first = line.indexOf(' ') + 1;
            return PAGE_BYTES * Long.parseLong(line.substring(first, line.indexOf(' ', first)));
        } catch (IOException _) {
            return Double.NaN;
        }
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private static void counter(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
