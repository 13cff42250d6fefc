package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.Posix;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways in which real processes are brought to their end, and back.
class EndedProcessTest {
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private LiveProcesses processes;

    @BeforeEach
    void start() throws IOException {
        processes = LiveProcesses.start(folder, """
              polite: {process: {command: [sleep, "1000"]}}
              talker:
                process:
                  command: [sh, -c, 'while :; do echo tick; sleep 0.1; done']
                  moments: {tick: {output: "^tick$"}, never: {output: "tock"}}
              file: {process: {pid-file: "%s"}}
            """.formatted(folder.resolve("pid")));
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    void aKillKeepsItDownUntilItIsReverted() throws Exception {
        var kill = processes.prepare(new ProcessFault.Kill(1), "polite", LONG);
        var seen = apply(kill);
        assertThat(seen).containsEntry("ended_by", "SIGKILL").containsKeys("pid", "gone_after");
        assertThat(processes.injections().ready()).isFalse();
        kill.revert();
        assertThat(kill.seeGone())
                .containsEntry("brought_back_by", "the injector")
                .containsKeys("ready_after", "down_for")
                .doesNotContainEntry("pid_after", seen.getOrDefault("pid", ""));
    }

    @Test
    void aPoliteProcessEndsBySigterm() throws Exception {
        assertThat(shown(new ProcessFault.Terminate(GRACE, 1), "polite"))
                .containsEntry("ended_by", "SIGTERM")
                .containsEntry("grace", "400.00ms");
    }

    @Test
    void aStubbornProcessEndsBySigkillWhenItsGraceIsOver() throws Exception {
        processes.close();
        processes = LiveProcesses.start(folder, """
              stubborn: {process: {command: [sh, -c, 'trap "" TERM; echo up; while :; do sleep 1; done']}}
            """);
        Awaitility.await()
                .until(() -> Files.readString(folder.resolve("stubborn.log")).contains("up"));
        var seen = shown(new ProcessFault.Terminate(GRACE, 1), "stubborn");
        assertThat(seen.get("ended_by")).startsWith("SIGKILL");
        assertThat(millis(seen.getOrDefault("gone_after", "0"))).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aRestartHasAnotherProcessRunBeforeItIsReverted() throws Exception {
        var restart = processes.prepare(new ProcessFault.Restart(GRACE, 1), "polite", LONG);
        var seen = apply(restart);
        assertThat(seen).containsKeys("started_after").doesNotContainEntry("pid_after", seen.getOrDefault("pid", ""));
        assertThat(processes.injections().ready()).isTrue();
        restart.revert();
        assertThat(restart.seeGone()).containsEntry("pid_after", seen.getOrDefault("pid_after", ""));
    }

    @Test
    void anOverrunHoldsItStillWithSigtermPendingUntilItsGraceIsOver() throws Exception {
        var seen = shown(new ProcessFault.Overrun(GRACE, 1), "polite");
        assertThat(seen).containsEntry("sigterm", "pending");
        assertThat(millis(seen.getOrDefault("held_for", "0"))).isGreaterThanOrEqualTo(400);
    }

    @Test
    void anOverrunThatIsUndoneInItsGraceLetsTheProcessEndInOrder() throws Exception {
        var overrun = processes.prepare(new ProcessFault.Overrun(LONG, 1), "polite", LONG.plus(LONG));
        overrun.act();
        overrun.undo().perform();
        overrun.undo().perform();
        Awaitility.await().until(overrun.undo()::done);
        overrun.revert();
        assertThat(overrun.seeGone()).containsKey("pid_after");
    }

    @Test
    void aCrashComesAtItsMoment() throws Exception {
        var seen = shown(new ProcessFault.Crash("tick", 1), "talker");
        assertThat(seen).containsEntry("moment", "tick").containsEntry("ended_by", "SIGKILL");
    }

    @Test
    void aMomentThatDoesNotComeHarmsNothing() throws Exception {
        var crash = processes.prepare(new ProcessFault.Crash("never", 1), "talker", Duration.ofMillis(800));
        assertThatThrownBy(crash::act)
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("has not come within 500.00ms; nothing was done");
        crash.revert();
        assertThat(crash.seeGone()).doesNotContainKey("brought_back_by");
    }

    @Test
    void anOomOfAProcessThatSharesItsControlGroupIsASigkillThatSaysSo() throws Exception {
        assertThat(shown(new ProcessFault.OutOfMemory(1), "polite").get("ended_by"))
                .startsWith("SIGKILL, as for want of memory: ")
                .contains("memory control group");
    }

    @Test
    void aProcessWithASupervisorOfItsOwnMayComeBackDuringTheFault() throws Exception {
        var first = new ProcessBuilder("sleep", "1000").start();
        var second = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(folder.resolve("pid"), first.pid() + "\n");
            var kill = processes.prepare(new ProcessFault.Kill(1), "file", LONG);
            apply(kill);
            Files.writeString(folder.resolve("pid"), second.pid() + "\n");
            kill.revert();
            assertThat(kill.seeGone())
                    .containsEntry("pid_after", String.valueOf(second.pid()))
                    .containsEntry("brought_back_by", "its own supervisor");
            assertThat(second.isAlive()).isTrue();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @Test
    void aPauseOfAProcessThatRestartsLeavesTheNewOneAlone() throws Exception {
        var first = new ProcessBuilder("sleep", "1000").start();
        var second = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(folder.resolve("pid"), first.pid() + "\n");
            var pause = processes.prepare(new ProcessFault.Pause(1), "file", LONG);
            apply(pause);
            first.destroyForcibly().waitFor();
            Files.writeString(folder.resolve("pid"), second.pid() + "\n");
            // Somebody else stops the new one: that is not ours to take back.
            var other = ProcessId.of(second.pid()).orElseThrow();
            other.signal(Posix.SIGSTOP);
            Awaitility.await().until(() -> other.stat().orElseThrow().stopped());
            pause.revert();
            assertThat(pause.seeGone())
                    .containsEntry("state", "ended during the fault")
                    .containsEntry("pid_after", String.valueOf(second.pid()));
            assertThat(other.stat().orElseThrow().stopped()).isTrue();
            assertThatThrownBy(() -> processes.prepare(new ProcessFault.Pause(1), "file", LONG))
                    .hasMessageContaining("stopped already");
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @Test
    void aPidFileThatIsOlderThanItsProcessMeansAnother() throws Exception {
        var process = new ProcessBuilder("sleep", "1000").start();
        try {
            var file = Files.writeString(folder.resolve("pid"), process.pid() + "\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            assertThatThrownBy(() -> processes.prepare(new ProcessFault.Kill(1), "file", LONG))
                    .hasMessageContaining("must not be touched");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTargetWithoutMomentsCannotCrash() {
        assertThat(processes.injections().impossible(FaultKind.CRASH, Facet.PROCESS, "polite"))
                .isPresent();
        assertThat(processes.injections().impossible(FaultKind.CRASH, Facet.PROCESS, "talker"))
                .isEmpty();
    }

    @Test
    void everyKindSaysItsStepsAndChangesNothing() throws Exception {
        List<Fault> faults = List.of(
                new ProcessFault.Kill(1),
                new ProcessFault.Terminate(GRACE, 1),
                new ProcessFault.Restart(GRACE, 1),
                new ProcessFault.Overrun(GRACE, 1),
                new ProcessFault.Crash("tick", 1),
                new ProcessFault.OutOfMemory(1),
                new ProcessFault.Pause(1));
        for (var fault : faults) {
            assertThat(processes.prepare(fault, "talker", LONG).steps()).isNotEmpty();
        }
        assertThat(processes.injections().ready()).isTrue();
    }

    private Map<String, String> shown(Fault fault, String target) throws Exception {
        var injection = processes.prepare(fault, target, LONG);
        var seen = apply(injection);
        injection.revert();
        injection.revert();
        assertThat(injection.seeGone()).containsKey("pid_after");
        assertThat(injection.undo().done()).isTrue();
        return seen;
    }

    private static Map<String, String> apply(Injection injection) throws Exception {
        injection.act();
        return injection.see();
    }

    private static double millis(String text) {
        return Double.parseDouble(text.replace("ms", ""));
    }
}
