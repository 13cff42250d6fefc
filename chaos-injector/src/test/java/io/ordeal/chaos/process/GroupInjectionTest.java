package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fault on several real processes at once.
class GroupInjectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<String> MEMBERS = List.of("a", "b", "c", "d");

    @TempDir
    private Path folder;

    private final List<Process> workers = new ArrayList<>();
    private LiveProcesses processes;

    @BeforeEach
    void start() throws IOException {
        var targets = new StringBuilder("  workers: {group: {members: [a, b, c, d]}}\n");
        for (var name : MEMBERS) {
            var worker = new ProcessBuilder("sleep", "1000").start();
            workers.add(worker);
            var file = Files.writeString(folder.resolve(name + ".pid"), worker.pid() + "\n");
            targets.append("  %s: {process: {pid-file: \"%s\"}}\n".formatted(name, file));
        }
        processes = LiveProcesses.start(folder, targets.toString());
    }

    @AfterEach
    void stop() {
        processes.close();
        workers.forEach(Process::destroyForcibly);
    }

    @Test
    void pausesHalfOfTheWorkersAtOnceAndLetsThemGoOn() throws Exception {
        var pause = prepare(new ProcessFault.Pause(0.5), 7);
        pause.act();
        assertThat(pause.see()).containsEntry("members", "2 of 4").hasSize(5);
        assertThat(stopped()).hasSize(2);
        pause.revert();
        assertThat(pause.seeGone()).hasSize(4);
        assertThat(stopped()).isEmpty();
    }

    @Test
    void isUndoneOnEveryMemberByWhoeverReadsTheJournal() throws Exception {
        var pause = prepare(new ProcessFault.Pause(1), 7);
        pause.act();
        pause.see();
        workers.getFirst().destroyForcibly().waitFor();
        pause.undo().perform();
        assertThat(stopped()).isEmpty();
    }

    @Test
    void takesFilesFromAllOfThem() throws Exception {
        var files = prepare(new ResourceFault.Files(0, 1), 7);
        files.act();
        assertThat(files.see()).containsEntry("a.left", "0").containsEntry("d.left", "0");
        files.revert();
        assertThat(files.seeGone()).containsKey("a.limit_after");
    }

    @Test
    void touchesNobodyWhenOneCannotBeTouched() throws Exception {
        workers.get(2).destroyForcibly().waitFor();
        assertThatThrownBy(() -> prepare(new ProcessFault.Pause(1), 7))
                .isInstanceOf(InjectionFailed.class)
                .hasMessage("c does not run");
        assertThat(stopped()).isEmpty();
    }

    @Test
    void undoesAllWhenOneFailsToBegin() throws Exception {
        var pause = prepare(new ProcessFault.Pause(1), 7);
        workers.get(2).destroyForcibly().waitFor();
        assertThatThrownBy(pause::act).hasMessageStartingWith("c: process").hasMessageEndingWith("has ended by itself");
        pause.revert();
        assertThat(pause.seeGone()).containsEntry("c.state", "ended during the fault");
        assertThat(stopped()).isEmpty();
    }

    @Test
    void choosesByItsSeedAndNeverMoreThanItsFraction() {
        assertThat(chosen(4, 0.5, 1)).hasSize(2).isEqualTo(chosen(4, 0.5, 1));
        assertThat(chosen(5, 0.5, 1)).hasSize(2);
        assertThat(chosen(10, 0.3, 1)).hasSize(3);
        assertThat(chosen(5, 0.01, 1)).hasSize(1);
        assertThat(chosen(5, 1, 1)).containsExactly("0", "1", "2", "3", "4");
        assertThat(List.of(chosen(9, 0.5, 1), chosen(9, 0.5, 2), chosen(9, 0.5, 3)))
                .doesNotHaveDuplicates();
    }

    @Test
    void knowsWhatAGroupCannotDo() {
        var injections = processes.injections();
        assertThat(injections.impossible(FaultKind.THROTTLE, Facet.GROUP, "workers"))
                .isPresent();
        assertThat(injections.impossible(FaultKind.CRASH, Facet.GROUP, "workers"))
                .isPresent();
        assertThat(injections.impossible(FaultKind.KILL, Facet.GROUP, "workers"))
                .isEmpty();
    }

    private Injection prepare(Fault fault, long seed) throws InjectionFailed {
        return processes.prepare(fault, "workers", LONG, Facet.GROUP, seed);
    }

    private List<ProcessStat> stopped() {
        return workers.stream()
                .flatMap(worker -> ProcessStat.of(worker.pid()).stream())
                .filter(ProcessStat::stopped)
                .toList();
    }

    private static List<String> chosen(int size, double fraction, long seed) {
        var members = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            members.add(String.valueOf(i));
        }
        return Choice.of(members, fraction, new Random(seed));
    }
}
