package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.chaos.process.ProcessId;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of an injector that dies of `kill -9` in the middle of its faults: nothing.
class KilledInjectorTest {
    @TempDir
    private Path folder;

    @Test
    void leavesNothingStoppedNothingRunningAndAJournalThatTellsTheNextLife() throws Exception {
        var victim = new ProcessBuilder("sleep", "1000").start();
        var supervisedFile = folder.resolve("supervised.pid");
        try {
            var paused = ProcessId.of(victim.pid()).orElseThrow();
            var injector = start(victim.pid(), supervisedFile);
            var applied = readApplied(injector);
            var supervised = ProcessId.of(
                            Long.parseLong(Files.readString(supervisedFile).strip()))
                    .orElseThrow();
            assertThat(paused.stat().orElseThrow().stopped()).isTrue();

            Posix.kill(injector.pid(), Posix.SIGKILL);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .until(() -> !paused.stat().orElseThrow().stopped());
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !supervised.alive());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> ProcessId.of(applied).isEmpty());
            assertThat(helpersOf(folder)).isEmpty();
            assertRecovered();
        } finally {
            victim.destroyForcibly();
        }
    }

    private void assertRecovered() throws IOException {
        try (var journal = Journal.open(folder, Instant.now())) {
            var facts = Recovery.run(journal);
            assertThat(facts).hasSize(2).allSatisfy(fact -> {
                assertThat(fact.settled()).isTrue();
                assertThat(fact.event())
                        .isInstanceOfSatisfying(
                                FaultReverted.class,
                                reverted -> assertThat(reverted.cause()).isEqualTo(RevertCause.GUARD));
            });
        }
    }

    private Process start(long victim, Path supervisedFile) throws IOException {
        var pidFile = Files.writeString(folder.resolve("victim.pid"), String.valueOf(victim));
        var configuration = Files.writeString(folder.resolve("small.yaml"), """
            targets:
              paused: {process: {pid-file: "%s"}}
              own: {process: {command: [sh, -c, 'echo $$ > "%s"; while :; do sleep 1; done']}}
              host: {host: {}}
            """.formatted(pidFile, supervisedFile));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallInjector.class.getName(),
                        folder.toString(),
                        configuration.toString()))
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private long readApplied(Process injector) throws IOException {
        var out = new BufferedReader(new InputStreamReader(injector.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("applied ")) {
                return Long.parseLong(line.substring("applied ".length()));
            }
        }
        throw new AssertionError("it ended: " + Files.readString(folder.resolve("errors")));
    }

    /// Returns the processes whose command line or environment names `folder` or a helper's mark.
    private static List<ProcessHandle> helpersOf(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
    }
}
