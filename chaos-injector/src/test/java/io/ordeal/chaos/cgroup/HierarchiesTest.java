package io.ordeal.chaos.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HierarchiesTest {
    @TempDir
    private Path unified;

    @Test
    void findsThoseOfBothVersionsAndTheGroupsThatHoldUs() {
        var groups = Hierarchies.of(
                List.of(
                        "32 31 0:29 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory",
                        "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct",
                        "34 31 0:31 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd",
                        "35 31 0:32 / " + unified + " rw - cgroup2 cgroup2 rw",
                        "36 31 0:33 / /run rw - tmpfs tmpfs rw",
                        "odd"),
                new Membership(List.of("4:memory:/services/ordeal", "2:cpu,cpuacct:/", "0::/user")));
        assertThat(groups.with(Controller.MEMORY).orElseThrow().version()).isEqualTo(1);
        assertThat(groups.with(Controller.PIDS)).isEmpty();
        assertThat(groups.with(Controller.FREEZER).orElseThrow().root()).isEqualTo(unified);
        assertThat(groups.holdsUs(Path.of("services"))).isTrue();
        assertThat(groups.holdsUs(Path.of("user"))).isTrue();
        assertThat(groups.holdsUs(Path.of("services/other"))).isFalse();
    }

    @Test
    void findsTheGroupOfAProcessWhereAPartOfTheHierarchyIsMounted() {
        var mounts = List.of("32 31 0:29 /docker/abc /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids");
        var inside = Hierarchies.of(mounts, new Membership(List.of("8:pids:/docker/abc/below")));
        assertThat(inside.holdsUs(Path.of("below"))).isTrue();
        var outside = Hierarchies.of(mounts, new Membership(List.of("8:pids:/system/x")));
        assertThat(outside.holdsUs(Path.of("system"))).isFalse();
        assertThat(outside.with(Controller.PIDS).orElseThrow().ours()).isEqualTo(Path.of(""));
    }

    @Test
    void seesItsOwnGroupOnThisHost() {
        var hierarchies = Hierarchies.ofHost();
        long pid = ProcessHandle.current().pid();
        var group = hierarchies.groupOf(Controller.MEMORY, pid).orElseThrow();
        assertThat(group.exists()).isTrue();
        assertThat(group.pids()).contains(pid);
    }
}
