package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordeal.chaos.fault.ProcessFault;
import io.ordeal.chaos.injection.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real kill by the kernel, in a memory control group that the test makes.
class OutOfMemoryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<Path> ROOTS = List.of(Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup"));

    @TempDir
    private Path folder;

    private Path group;
    private Process process;
    private LiveProcesses processes;

    @BeforeEach
    void start() throws IOException {
        group = makeGroup();
        process = new ProcessBuilder("sh", "-c", "sleep 1000; true").start();
        Awaitility.await().until(() -> process.descendants().count() == 1);
        join(process.pid());
        join(process.descendants().findAny().orElseThrow().pid());
        var file = Files.writeString(folder.resolve("pid"), process.pid() + "\n");
        processes = LiveProcesses.start(folder, "  file: {process: {pid-file: \"" + file + "\"}}\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (processes != null) {
            processes.close();
        }
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        for (var line : Files.readAllLines(group.resolve("cgroup.procs"))) {
            ProcessHandle.of(Long.parseLong(line)).ifPresent(ProcessHandle::destroyForcibly);
        }
        Awaitility.await().until(() -> group.toFile().delete());
    }

    @Test
    void theKernelKillsTheProcessAndItsControlGroupIsAsBefore() throws Exception {
        var before = limits();
        var oom = processes.prepare(new ProcessFault.OutOfMemory(1), "file", LONG);
        assertThat(apply(oom))
                .containsEntry("ended_by", "the kernel, for want of memory")
                .containsKey("oom_kills");
        assertThat(limits()).isEqualTo(before);
        assertThat(oom.undo().done()).isTrue();
        var sleeper = Files.readAllLines(group.resolve("cgroup.procs"));
        assertThat(sleeper).as("what it had started lives").hasSize(1);
        sleeper.forEach(line -> ProcessHandle.of(Long.parseLong(line)).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void isUndoneByWhoeverReadsTheJournal() throws Exception {
        var before = limits();
        var oom = processes.prepare(new ProcessFault.OutOfMemory(1), "file", LONG);
        oom.undo().perform();
        assertThat(limits()).isEqualTo(before);
        oom.act();
        Awaitility.await().until(() -> {
            oom.undo().perform();
            return oom.undo().done();
        });
        assertThat(limits()).isEqualTo(before);
        oom.revert();
    }

    @Test
    void aStrangerInTheControlGroupIsNotPutAtRisk() throws Exception {
        var stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            join(stranger.pid());
            var before = limits();
            assertThat(apply(processes.prepare(new ProcessFault.OutOfMemory(1), "file", LONG))
                            .get("ended_by"))
                    .isEqualTo("SIGKILL, as for want of memory: it shares its memory control group");
            assertThat(limits()).isEqualTo(before);
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    /// Skips where no memory control group can be made, as in a container that may not.
    private static Path makeGroup() {
        for (var root : ROOTS) {
            var made = root.resolve("ordeal-test-" + UUID.randomUUID());
            var limited = List.of(made.resolve("memory.limit_in_bytes"), made.resolve("memory.max"));
            if (made.toFile().mkdir()) {
                if (limited.stream().anyMatch(Files::isWritable)) {
                    return made;
                }
                assumeTrue(made.toFile().delete());
            }
        }
        assumeTrue(false, "no memory control group can be made here");
        return Path.of("");
    }

    private void join(long pid) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), String.valueOf(pid));
    }

    private Map<String, String> limits() throws IOException {
        var limits = new HashMap<String, String>();
        for (var name :
                List.of("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.max", "memory.swap.max")) {
            if (Files.exists(group.resolve(name))) {
                limits.put(name, Files.readString(group.resolve(name)));
            }
        }
        return limits;
    }

    private static Map<String, String> apply(Injection injection) throws Exception {
        injection.act();
        return injection.see();
    }
}
