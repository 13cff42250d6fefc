package io.ordeal.chaos.table;

import io.ordeal.chaos.control.TableInjector;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.table.FaultFixture.Asked;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A [TableInjector] in a process of its own.
final class ChildInjector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final PrintWriter orders;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Path errors;

    ChildInjector(Path folder, Path configuration) throws IOException {
        errors = folder.resolve("errors");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TableInjector.class.getName(),
                        folder.toString(),
                        configuration.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().put(FaultFixture.VARIABLE, FaultFixture.mark());
        process = builder.start();
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException _) {
            // it was killed
        }
    }

    long awaitReady() {
        return Long.parseLong(await("ready ").substring("ready ".length()));
    }

    /// Asks for a fault and returns what came of it: a line that begins with `applied`, `rejected` or `failed`.
    String inject(String id, Asked asked) {
        var words = new ArrayList<>(List.of("inject", id, asked.kind().published(), asked.target()));
        asked.parameters().forEach((name, value) -> words.add(name + "=" + value));
        if (asked.kind().facets().size() > 1) {
            words.add("via=" + asked.facet().published());
        }
        orders.println(String.join(" ", words));
        return await("applied " + id + " ", "rejected " + id + " ", "failed " + id + " ");
    }

    /// Takes a fault back and returns what came of it.
    String clear(String id) {
        orders.println("clear " + id);
        return await("reverted " + id + " ", "failed " + id + " ");
    }

    Optional<String> said(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).findFirst();
    }

    String await(String... beginnings) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !process.isAlive()
                        || Stream.of(beginnings)
                                .anyMatch(beginning -> said(beginning).isPresent()));
        return Stream.of(beginnings)
                .flatMap(beginning -> said(beginning).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("it ended: " + text()));
    }

    /// Dies of `kill -9`; its guard lives.
    void kill() throws InterruptedException {
        Posix.kill(process.pid(), Posix.SIGKILL);
        process.waitFor();
    }

    /// Dies of `kill -9` together with its guard, which cannot be replaced meanwhile.
    void killWithGuard(long guard) throws InterruptedException {
        Posix.kill(process.pid(), Posix.SIGSTOP);
        Posix.kill(guard, Posix.SIGKILL);
        kill();
    }

    private String text() {
        try {
            return lines + Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
