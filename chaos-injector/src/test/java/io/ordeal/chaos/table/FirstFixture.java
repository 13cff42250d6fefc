package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A proxy, a process of somebody else's, one of ours, and the host.
public final class FirstFixture implements FaultFixture {
    private final Process victim;
    private final Path pidFile;
    private final ServerSocket upstream;

    public FirstFixture() {
        try {
            victim = new ProcessBuilder("sleep", "1000").start();
            pidFile = Files.writeString(Files.createTempFile("victim", ".pid"), String.valueOf(victim.pid()));
            upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String targets() {
        return """
              first-api: {proxy: {upstream: "127.0.0.1:%d"}}
              first-paused: {process: {pid-file: "%s"}}
              first-own: {process: {command: [sleep, "1000"]}}
              first-host: {host: {}}
            """.formatted(upstream.getLocalPort(), pidFile);
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                new Asked(FaultKind.LATENCY, Facet.PROXY, "first-api", Map.of("latency", "100ms")),
                new Asked(FaultKind.BANDWIDTH, Facet.PROXY, "first-api", Map.of("rate", "100KB/s")),
                new Asked(FaultKind.PARTITION, Facet.PROXY, "first-api", Map.of()),
                new Asked(FaultKind.RESET, Facet.PROXY, "first-api", Map.of()),
                new Asked(FaultKind.PAUSE, Facet.PROCESS, "first-paused", Map.of()),
                new Asked(FaultKind.KILL, Facet.PROCESS, "first-own", Map.of()),
                new Asked(FaultKind.CPU, Facet.HOST, "first-host", Map.of("load", "20%", "cores", "1")));
    }

    @Override
    public Optional<String> left() {
        if (read(Path.of("/proc", String.valueOf(victim.pid()), "stat")).contains(") T ")) {
            return Optional.of("process " + victim.pid() + " is stopped");
        }
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(FaultFixture.VARIABLE + "=" + FaultFixture.mark()))
                .map(process -> read(Path.of("/proc", String.valueOf(process.pid()), "cmdline")))
                .filter(command -> command.contains("stress-ng") || command.contains("resource.Burner"))
                .findFirst();
    }

    private static String environment(ProcessHandle process) {
        return read(Path.of("/proc", String.valueOf(process.pid()), "environ"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() {
        victim.destroyForcibly();
        try {
            upstream.close();
            Files.delete(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
