package io.ordeal.generator;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// For how long garbage collection has stopped this process. Collectors that run beside the program tell of their
/// cycles, too, which stop nobody: they are left out. Thread-safe.
final class GcPauses {
    private static final String BESIDE = "Cycles";

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> !collector.getName().endsWith(BESIDE))
            .toList();

    /// Returns the sum of all pauses so far, in nanoseconds; the virtual machine counts them in milliseconds.
    long nanos() {
        long millis = 0;
        for (var collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime()); // -1: it does not know
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
