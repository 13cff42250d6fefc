package io.ordeal.campaign.stack;

import io.ordeal.chaos.policy.Address;
import io.ordeal.chaos.policy.Allowance;
import io.ordeal.chaos.policy.Limits;
import io.ordeal.chaos.policy.MetricSelector;
import io.ordeal.chaos.policy.Metrics;
import io.ordeal.chaos.policy.ProcessFacet;
import io.ordeal.chaos.policy.ProxyFacet;
import io.ordeal.chaos.policy.Target;
import io.ordeal.runtime.process.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sample service as a target of the injector: a program that it supervises, behind a proxy.
///
/// @param port where the service itself listens; it stays the service's own while the service is dead
/// @param folder where it keeps its data
record SampleService(Path home, ReservedPort port, Path folder) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);

    /// What it measures of itself, by the readings that objectives know.
    private static final Map<String, MetricSelector> READINGS = Map.of(
            "queue_depth",
            new MetricSelector("sample_queue_depth", Map.of()),
            "circuit_open",
            new MetricSelector("sample_breaker_state", Map.of("state", "open")),
            "heap_bytes",
            new MetricSelector("jvm_memory_heap_used_bytes", Map.of()),
            "heap_after_gc",
            new MetricSelector("jvm_memory_heap_after_gc_bytes", Map.of()),
            "gc_seconds",
            new MetricSelector("jvm_gc_collection_seconds_total", Map.of()),
            "event_loop_lag_seconds",
            new MetricSelector("sample_event_loop_lag_seconds", Map.of()));

    /// Picks a port for the service that lies in `home`.
    static SampleService in(Path home, Path folder) {
        try {
            return new SampleService(home, ReservedPort.any(), Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the sample service", e);
        }
    }

    /// Returns the address of the service itself, past the proxy.
    URI address() {
        return URI.create("http://127.0.0.1:" + port.number());
    }

    /// Returns it as a target named `name`.
    Target target(String name, Limits limits) {
        var health = new ProcessFacet.Readiness(address().resolve("/health"), START);
        var process = new ProcessFacet.Supervised(command(), Optional.empty(), Map.of(), Optional.of(health), Map.of());
        var proxy = new ProxyFacet.Own(new Address("127.0.0.1", 0), new Address("127.0.0.1", port.number()));
        var metrics = new Metrics(address().resolve("/metrics"), READINGS);
        return new Target(name, List.of(proxy, process), Allowance.everything(limits), Optional.of(metrics));
    }

    @Override
    public void close() {
        port.close();
    }

    private List<String> command() {
        return command(
                home,
                List.of(
                        "--port",
                        String.valueOf(port.number()),
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--counts-file",
                        folder.resolve("counts").toString(),
                        "--exit-with-parent"));
    }

    /// Returns the command that runs the service that lies in `home` with `options`.
    static List<String> command(Path home, List<String> options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx384m",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + home.resolve("sample-service.jsa"),
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(home),
                "io.ordeal.sample.SampleService"));
        command.addAll(options);
        return command;
    }

    private static String classPath(Path home) {
        try (var jars = Files.list(home)) {
            var own = jars.filter(file -> file.getFileName().toString().matches("ordeal-sample-service.*\\.jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
            return own + ":" + home.resolve("lib") + "/*";
        } catch (IOException e) {
            throw new UncheckedIOException("the sample service is not in " + home, e);
        }
    }
}
