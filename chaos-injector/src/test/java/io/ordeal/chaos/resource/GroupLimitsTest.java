package io.ordeal.chaos.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.cgroup.ControlGroup;
import io.ordeal.chaos.cgroup.RestoreGroupLimit;
import io.ordeal.chaos.injection.InjectionFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control groups of version 2, as files: this also holds where the kernel has version 1.
class GroupLimitsTest {
    @TempDir
    private Path root;

    private ControlGroup group;

    @BeforeEach
    void make() throws IOException {
        group = new ControlGroup(root, Path.of("a/b"), 2);
        Files.createDirectories(group.folder());
        write("cgroup.procs", "");
        write("cpu.max", "max 100000\n");
        write("memory.current", "50000000\n");
        write("memory.max", "max\n");
        write("memory.stat", "anon 1\ninactive_file 10000000\n");
        write("pids.current", "7\n");
        write("pids.max", "max\n");
    }

    @Test
    void tightensAndRestoresExactly() throws Exception {
        for (var limit : List.of(
                CpuLimit.tightened(group, 0.25),
                MemoryLimit.tightened(group, 60_000_000),
                ThreadLimit.tightened(group, 3))) {
            var before = Files.readString(limit.file()).strip();
            limit.write(limit.during());
            var read = RestoreGroupLimit.read(
                    limit.words().subList(1, limit.words().size()));
            assertThat(read).isEqualTo(limit);
            assertThat(read.done()).isFalse();
            read.perform();
            read.perform();
            assertThat(read.done()).isTrue();
            assertThat(Files.readString(limit.file())).isEqualTo(before);
        }
        assertThat(CpuLimit.tightened(group, 0.25).during()).isEqualTo("25000 100000");
        assertThat(ThreadLimit.tightened(group, 3).during()).isEqualTo("10");
    }

    @Test
    void leavesWhatSomebodyElseHasSetAndAGroupThatIsGone() throws Exception {
        var limit = CpuLimit.tightened(group, 0.25);
        write("cpu.max", "70000 100000");
        limit.perform();
        assertThat(limit.done()).isTrue();
        assertThat(group.text("cpu.max")).contains("70000 100000");
        Files.delete(group.procs());
        assertThat(limit.done()).isTrue();
        assertThat(limit.evidence()).containsValue("the group is gone");
    }

    @Test
    void loosensNothing() throws Exception {
        write("cpu.max", "10000 100000");
        assertThatThrownBy(() -> CpuLimit.tightened(group, 0.25))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("0.1 cores already");
        assertThatThrownBy(() -> MemoryLimit.tightened(group, 30_000_000))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("uses 40.0MB");
        write("pids.max", "8");
        assertThatThrownBy(() -> ThreadLimit.tightened(group, 3)).isInstanceOf(InjectionFailed.class);
    }

    @Test
    void takesTheLimitOfAGroupAboveIntoAccount() throws Exception {
        Files.writeString(root.resolve("a/memory.max"), "64000000\n");
        var use = new MemoryGauge.Group(group).now();
        assertThat(use).isEqualTo(new MemoryGauge.Use(40_000_000, 64_000_000));
    }

    @Test
    void isForLimitsOfControlGroupsOnly() {
        for (var file : List.of("/etc/passwd", "/sys/fs/cgroup/a/../../x/cpu.max", "cpu.max")) {
            assertThatThrownBy(() -> new RestoreGroupLimit(Path.of(file), "a", "b"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(group.file(name), text);
    }
}
