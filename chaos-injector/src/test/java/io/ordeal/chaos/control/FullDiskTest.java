package io.ordeal.chaos.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.journal.JournalRecord.Decided;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.process.ProcessStat;
import io.ordeal.chaos.targets.Targets;
import io.ordeal.chaos.undo.Undo;
import io.ordeal.schemas.control.Command;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state folder on a file system that is really full.
class FullDiskTest {
    /// Less than any line.
    private static final int ROOM = 20;

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private Path disk;
    private Process victim;
    private Journal journal;
    private Targets targets;
    private Controller controller;

    @BeforeEach
    void start() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0, "mount needs root");
        victim = new ProcessBuilder("sleep", "1000").start();
        var file = Files.writeString(folder.resolve("pid"), victim.pid() + "\n");
        var configuration = InjectorConfiguration.parse(
                "test.yaml", "targets:\n  victim: {process: {pid-file: \"" + file + "\"}}\n");
        journal = Journal.open(disk, Instant.now());
        targets = Targets.start(configuration, folder, journal, InstantSource.system());
        var metrics = new FaultMetrics(new PrometheusRegistry());
        controller = new Controller(
                configuration,
                new Controller.World(targets, journal, heard, metrics, () -> true, InstantSource.system()));
    }

    @AfterEach
    void stop() throws Exception {
        if (controller != null) {
            controller.close();
            targets.close();
            journal.close();
            victim.destroyForcibly();
        }
        run("umount", disk.toString());
    }

    @Test
    void nothingIsDoneThatCannotBeJournalled() throws Exception {
        fill();
        controller.command(Commands.inject("f-1", "pause", "victim", LONG, Map.of()));
        var failed = heard.await(FaultFailed.class);
        assertThat(failed.reason()).startsWith("not journalled: ");
        assertThat(failed.undone()).isTrue();
        assertThat(stopped()).isFalse();

        Files.delete(disk.resolve("filler"));
        controller.command(Commands.inject("f-2", "pause", "victim", LONG, Map.of()));
        heard.await(FaultApplied.class);
        assertThat(entriesOfTheNextLife()).isEqualTo(1);
    }

    @Test
    void whatIsOverIsStruckBeforeAnythingElseIsOpened() throws Exception {
        controller.command(Commands.inject("f-1", "pause", "victim", LONG, Map.of()));
        heard.await(FaultApplied.class);
        fill();
        controller.command(Commands.command(new Command.ClearAllFaults("enough")));
        heard.await(FaultReverted.class);
        assertThat(stopped()).isFalse();
        assertThat(entriesOfTheNextLife()).as("not struck").isEqualTo(1);

        Files.delete(disk.resolve("filler"));
        controller.command(Commands.inject("f-2", "pause", "victim", LONG, Map.of()));
        heard.await(FaultApplied.class, 2);
        assertThat(entriesOfTheNextLife()).as("only the one in force").isEqualTo(1);
    }

    @Test
    void aLineThatIsCutInTwoDamagesNoOther() throws Exception {
        fill();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        journal.decided(new Decided("c-" + i, "digest", "run", "", Instant.now()));
                    }
                })
                .isInstanceOf(IOException.class);
        Files.delete(disk.resolve("filler"));
        journal.open("entry", new Undo.WithInjector());
        assertThat(entriesOfTheNextLife()).isEqualTo(1);
    }

    /// Leaves room for half a line in the journal's last page.
    private void fill() throws IOException {
        var filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException _) {
            // full
        }
        var file = disk.resolve("undo.journal");
        int rest = (int) ((4096 - Files.size(file) % 4096) % 4096);
        if (rest > ROOM) {
            Files.writeString(file, "x".repeat(rest - ROOM - 1) + "\n", StandardOpenOption.APPEND);
        }
    }

    private long entriesOfTheNextLife() throws IOException {
        var copy = Files.createTempDirectory(folder, "copy");
        Files.copy(disk.resolve("undo.journal"), copy.resolve("undo.journal"));
        try (var next = Journal.open(copy, Instant.now())) {
            return next.found().entries().size();
        }
    }

    private boolean stopped() {
        return ProcessStat.of(victim.pid()).orElseThrow().stopped();
    }

    private static int run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
