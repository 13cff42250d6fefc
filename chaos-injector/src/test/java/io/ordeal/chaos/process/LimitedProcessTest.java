package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that get less of something.
class LimitedProcessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Process process;
    private LiveProcesses processes;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sh", "-c", "while :; do i=0; while [ $i -lt 9999 ]; do i=$((i+1)); done; done")
                .start();
        var file = Files.writeString(folder.resolve("pid"), process.pid() + "\n");
        processes = LiveProcesses.start(folder, "  file: {process: {pid-file: \"" + file + "\"}}\n");
    }

    @AfterEach
    void stop() {
        processes.close();
        process.destroyForcibly();
    }

    @Test
    void aThrottledProcessGetsItsPartOfACore() throws Exception {
        var throttle = processes.prepare(new ResourceFault.Throttle(0.2), "file", LONG);
        throttle.act();
        var seen = throttle.see();
        assertThat(seen).containsEntry("held", "seen").containsKeys("used_before", "used_during");
        throttle.revert();
        throttle.revert();
        assertThat(throttle.seeGone()).containsEntry("helpers_left", "0").doesNotContainEntry("state", "T");
    }

    @Test
    void aThrottleThatNobodyTakesBackEndsByItself() throws Exception {
        var throttle = processes.prepare(new ResourceFault.Throttle(0.01), "file", Duration.ofMillis(1));
        throttle.act();
        throttle.see();
        // Without the injector and the guard: the helper's own time limit, two seconds beyond the fault's.
        var undo = throttle.undo();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(undo::done);
        assertThat(stopped()).isFalse();
    }

    @Test
    void aThrottleIsUndoneByWhoeverReadsTheJournal() throws Exception {
        var throttle = processes.prepare(new ResourceFault.Throttle(0.01), "file", LONG);
        throttle.act();
        throttle.see();
        var undo = throttle.undo();
        Awaitility.await().until(() -> {
            undo.perform();
            return undo.done();
        });
        assertThat(stopped()).isFalse();
    }

    @Test
    void limitsAreUndoneInEitherOrderAndAreThenWhatTheyWere() throws Exception {
        for (boolean inOrder : new boolean[] {true, false}) {
            var before = limits();
            var files = processes.prepare(new ResourceFault.Files(2, 1), "file", LONG);
            var memory = processes.prepare(new ResourceFault.MemoryLimit(32L << 20), "file", LONG);
            assertThat(apply(files)).containsEntry("left", "2").containsKeys("limit_before", "open");
            assertThat(apply(memory)).containsEntry("limit_during", String.valueOf(32L << 20));
            assertThat(limits()).isNotEqualTo(before);
            for (var injection : inOrder ? List.of(files, memory) : List.of(memory, files)) {
                injection.revert();
                injection.revert();
                assertThat(injection.seeGone()).containsKey("limit_after");
            }
            assertThat(limits()).isEqualTo(before);
        }
    }

    @Test
    void aLimitThatSomebodyElseHasSetMeanwhileStays() throws Exception {
        var files = processes.prepare(new ResourceFault.Files(2, 1), "file", LONG);
        apply(files);
        var now = Posix.limit(process.pid(), Resource.FILES.number()).value();
        Posix.limit(process.pid(), Resource.FILES.number(), new Posix.Limit(77, now.hard()));
        files.undo().perform();
        files.revert();
        assertThat(files.seeGone()).containsEntry("limit_after", "77");
    }

    @Test
    void aLimitIsGivenBackToThoseWhoHaveInheritedIt() throws Exception {
        var mother = new ProcessBuilder("sh", "-c", "read go; sleep 1000 & wait").start();
        try {
            Files.writeString(folder.resolve("pid"), mother.pid() + "\n");
            var files = processes.prepare(new ResourceFault.Files(20, 1), "file", LONG);
            var during = apply(files).getOrDefault("limit_during", "none");
            try (var in = mother.getOutputStream()) {
                in.write('\n');
            }
            Awaitility.await().until(() -> mother.descendants().count() == 1);
            var heir = ProcessId.of(mother.descendants().findAny().orElseThrow().pid())
                    .orElseThrow();
            assertThat(Resource.FILES.shownFor(heir)).contains(during);
            files.revert();
            assertThat(files.seeGone()).doesNotContainEntry("limit_after", during);
            assertThat(Resource.FILES.shownFor(heir))
                    .isEqualTo(
                            Resource.FILES.shownFor(ProcessId.of(mother.pid()).orElseThrow()));
        } finally {
            mother.descendants().forEach(ProcessHandle::destroyForcibly);
            mother.destroyForcibly();
        }
    }

    @Test
    void aLimitThatWouldBeNoneIsRefused() {
        assertThatThrownBy(() -> processes.prepare(new ResourceFault.Files(Integer.MAX_VALUE, 1), "file", LONG))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("would change nothing");
    }

    @Test
    void aServiceWithoutAFreeFileAnswersNoMore() throws Exception {
        processes.close();
        var address = TinyService.address();
        processes = LiveProcesses.start(
                folder, """
                      service:
                        process: {command: ["%s"], ready: {http: "http://%s:%d/", timeout: 30s}}
                    """.formatted(String.join("\", \"", TinyService.command(address)), address, TinyService.PORT));
        var files = processes.prepare(new ResourceFault.Files(0, 1), "service", LONG);
        assertThat(apply(files)).containsEntry("left", "0").containsEntry("ready_during", "no");
        files.revert();
        files.seeGone();
        Awaitility.await().until(processes.injections()::ready);
    }

    private boolean stopped() {
        return ProcessStat.of(process.pid()).orElseThrow().stopped();
    }

    private String limits() throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/limits"));
    }

    private static Map<String, String> apply(Injection injection) throws Exception {
        injection.act();
        return injection.see();
    }
}
