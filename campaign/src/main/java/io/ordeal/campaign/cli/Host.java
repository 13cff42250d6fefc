package io.ordeal.campaign.cli;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a run ran on, in words, for its report.
final class Host {
    private Host() {}

    /// Returns the facts, in the order in which they are shown.
    static Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put(
                "Ordeal",
                Optional.ofNullable(Host.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        facts.put("Java", Runtime.version().toString());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean host) {
            facts.put("memory", host.getTotalMemorySize() / (1 << 30) + " GiB");
        }
        return facts;
    }
}
