package io.ordeal.chaos.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.chaos.table.FaultFixture;
import io.ordeal.chaos.table.GpuFixture;
import io.ordeal.chaos.table.ResourceFixture;
import io.ordeal.schemas.fault.FaultKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an injector leaves that dies of `kill -9` while it holds resources: nothing.
class KilledHolderTest {
    private static final Set<FaultKind> SQUEEZING =
            EnumSet.of(FaultKind.THROTTLE, FaultKind.MEMORY_LIMIT, FaultKind.THREADS, FaultKind.OOM);

    @TempDir
    private Path folder;

    @Test
    void takesBackWhatItsHelpersHold() throws Exception {
        try (var resources = new ResourceFixture(folder.resolve("resources"));
                var gpus = new GpuFixture(folder.resolve("gpus"))) {
            var faults = Stream.concat(resources.faults().stream(), gpus.faults().stream())
                    .filter(asked -> !SQUEEZING.contains(asked.kind()) && asked.kind() != FaultKind.DISK_IO)
                    .toList();
            leavesNothing(List.of(resources, gpus), faults);
        }
    }

    @Test
    void restoresTheLimitsThatItHasSet() throws Exception {
        try (var resources = new ResourceFixture(folder.resolve("resources"))) {
            var faults = resources.faults().stream()
                    .filter(asked -> EnumSet.of(
                                    FaultKind.THROTTLE, FaultKind.MEMORY_LIMIT, FaultKind.THREADS, FaultKind.DISK_IO)
                            .contains(asked.kind()))
                    .toList();
            leavesNothing(List.of(resources), faults);
        }
    }

    @Test
    void restoresTheLimitAfterTheKernelHasKilled() throws Exception {
        try (var resources = new ResourceFixture(folder.resolve("resources"))) {
            var faults = resources.faults().stream()
                    .filter(asked -> asked.kind() == FaultKind.OOM)
                    .toList();
            leavesNothing(List.of(resources), faults);
        }
    }

    private void leavesNothing(List<FaultFixture> fixtures, List<FaultFixture.Asked> faults) throws Exception {
        var injector = start(fixtures, faults);
        var held = ProcessId.of(injector.pid()).orElseThrow();
        awaitApplied(injector);
        assertThat(fixtures.stream().flatMap(fixture -> fixture.left().stream()))
                .isNotEmpty();

        Posix.kill(held.pid(), Posix.SIGKILL);

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(fixtures.stream().flatMap(fixture -> fixture.left().stream()))
                        .isEmpty());
        try (var journal = Journal.open(folder, Instant.now())) {
            assertThat(journal.found().entries())
                    .hasSize(faults.size())
                    .allSatisfy(
                            entry -> assertThat(entry.opened().undo().done()).isTrue());
        }
    }

    private Process start(List<FaultFixture> fixtures, List<FaultFixture.Asked> faults) throws IOException {
        var yaml = "targets:\n" + fixtures.stream().map(FaultFixture::targets).collect(Collectors.joining());
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HoldingInjector.class.getName(),
                folder.toString(),
                Files.writeString(folder.resolve("holding.yaml"), yaml).toString()));
        faults.forEach(asked -> command.add(asked.kind().published() + " " + asked.target()
                + asked.parameters().entrySet().stream()
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining())));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private void awaitApplied(Process injector) throws IOException {
        var out = new BufferedReader(new InputStreamReader(injector.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            System.out.println(line);
            if (line.equals("applied")) {
                return;
            }
        }
        throw new AssertionError("it ended: " + Files.readString(folder.resolve("errors")));
    }
}
