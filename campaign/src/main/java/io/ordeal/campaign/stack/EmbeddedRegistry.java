package io.ordeal.campaign.stack;

import io.ordeal.runtime.process.Child;
import io.ordeal.runtime.process.GuardedMain;
import io.ordeal.runtime.process.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// An Apicurio Registry in a child JVM, with its content in memory.
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LAST_LINES = 15;
    private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more)");

    private final Child child;
    private final ReservedPort port;
    private final ReservedPort managementPort;
    private final Path log;

    private EmbeddedRegistry(Child child, ReservedPort port, ReservedPort managementPort, Path log) {
        this.child = child;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /// Starts the registry that lies in `home` without waiting for it.
    ///
    /// @param registryPort 0 takes a free one
    /// @param log where its output goes
    public static EmbeddedRegistry launch(Path home, int registryPort, Path log) {
        var port = ReservedPort.orAny(registryPort);
        var managementPort = ReservedPort.any();
        var child = Child.jvm(
                "registry",
                List.of(ownJar(), home.resolve("quarkus-run.jar")),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                jvmArguments(),
                List.of(),
                Map.of(
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", String.valueOf(port.number()),
                        "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                        "QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort.number()),
                        "QUARKUS_LOG_LEVEL", "WARN"),
                log);
        return new EmbeddedRegistry(child, port, managementPort, log);
    }

    /// Waits until it serves.
    ///
    /// @throws IllegalStateException when it has ended, or does not serve within a minute
    public void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var client = HttpClient.newBuilder().connectTimeout(PROBE).build()) {
            while (!ready(client)) {
                if (!child.alive()) {
                    throw new IllegalStateException("the schema registry has ended:\n" + lastWords());
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the schema registry does not serve:\n" + lastWords());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the schema registry", e);
        }
    }

    /// Returns its base address.
    public String url() {
        return "http://127.0.0.1:" + port.number();
    }

    /// Returns its process id.
    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
        port.close();
        managementPort.close();
    }

    private boolean ready(HttpClient client) throws InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort.number() + "/health/ready"))
                .timeout(PROBE)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // not yet
        }
    }

    /// The folder goes with the stack, so what explains its end is told at once: the causes, without their frames.
    private String lastWords() {
        try {
            var lines = Files.readAllLines(log).stream()
                    .filter(line -> !FRAME.matcher(line).lookingAt())
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "its output cannot be read: " + e.getMessage();
        }
    }

    /// It serves a few schemas: quick to start matters, throughput does not. Its jar's manifest opens `java.lang`,
    /// which counts only with `-jar`; without it a worker thread may die, and its request is never answered.
    private static List<String> jvmArguments() {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Xlog:disable",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    }

    private static Path ownJar() {
        try {
            return Path.of(GuardedMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
