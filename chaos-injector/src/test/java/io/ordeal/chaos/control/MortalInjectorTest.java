package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.process.ProcessStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `kill -9` at every step of applying and undoing: nothing is left, and the next life knows what there was.
class MortalInjectorTest {
    @TempDir
    private Path folder;

    private Process paused;
    private Process overrun;

    @BeforeEach
    void start() throws IOException {
        paused = new ProcessBuilder("sleep", "1000").start();
        overrun = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void stop() {
        paused.destroyForcibly();
        overrun.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingBehind(MortalInjector.Step step) throws Exception {
        var injector = inject(step);
        long guard = readGuard(injector);
        assertThat(injector.waitFor(30, TimeUnit.SECONDS)).as(errors()).isTrue();
        assertThat(injector.exitValue()).as("killed; " + errors()).isEqualTo(128 + 9);

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !stopped(paused) && !stopped(overrun) && ours().isEmpty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(guard).isEmpty());
        assertThat(paused.isAlive()).isTrue();
        boolean untouched = step == MortalInjector.Step.BEFORE_JOURNAL || step == MortalInjector.Step.AFTER_JOURNAL;
        assertThat(overrun.isAlive()).isEqualTo(untouched);
        assertRecovered(step == MortalInjector.Step.BEFORE_JOURNAL ? 2 : 3);
    }

    private void assertRecovered(int faults) throws IOException {
        try (var journal = Journal.open(folder, Instant.now())) {
            assertThat(journal.found().entries())
                    .as("undone by the guard")
                    .allMatch(entry -> entry.opened().undo().done());
            var facts = Recovery.run(journal);
            assertThat(facts).hasSize(faults).allMatch(Recovery.Fact::settled);
            for (var fact : facts) {
                journal.strike(fact.entry());
            }
        }
        try (var journal = Journal.open(folder, Instant.now())) {
            assertThat(journal.found().entries()).isEmpty();
            assertThat(journal.found().damaged()).isZero();
        }
    }

    private Process inject(MortalInjector.Step step) throws IOException {
        var first = Files.writeString(folder.resolve("paused.pid"), String.valueOf(paused.pid()));
        var second = Files.writeString(folder.resolve("overrun.pid"), String.valueOf(overrun.pid()));
        var configuration = Files.writeString(folder.resolve("small.yaml"), """
            targets:
              paused: {process: {pid-file: "%s"}}
              overrun: {process: {pid-file: "%s"}}
              own: {process: {command: [sh, -c, 'while :; do sleep 1; done', "%s"]}}
              host: {host: {}}
            """.formatted(first, second, folder));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalInjector.class.getName(),
                        folder.toString(),
                        configuration.toString(),
                        step.name()))
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private long readGuard(Process injector) throws IOException {
        var out = new BufferedReader(new InputStreamReader(injector.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("guard ")) {
                return Long.parseLong(line.substring("guard ".length()));
            }
        }
        throw new AssertionError("it ended: " + errors());
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    /// Returns the helpers and programs of the injector that run, its guard left out.
    private List<ProcessHandle> ours() {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    var command = process.info().commandLine().orElse("");
                    return command.contains(folder.toString()) && !command.contains("GuardMain");
                })
                .toList();
    }

    private static boolean stopped(Process process) {
        return ProcessStat.of(process.pid()).filter(ProcessStat::stopped).isPresent();
    }
}
