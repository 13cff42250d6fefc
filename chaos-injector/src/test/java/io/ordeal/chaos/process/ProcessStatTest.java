package io.ordeal.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.posix.Posix;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void readsPastAnyName() {
        assertThat(ProcessStat.parse("77 (a) b (c) S 5 77 77 0 -1 4194560 1 2 3 4 10 20 0 0 20 0 1 0 4711 1 1"))
                .contains(new ProcessStat('S', 5, 30, 4711));
    }

    @Property
    void readsAnyTextWithoutException(@ForAll String text) {
        assertThat(ProcessStat.parse(text)).isEmpty();
    }

    @Test
    void knowsThisProcess() {
        long pid = ProcessHandle.current().pid();
        assertThat(ProcessId.of(pid).orElseThrow().alive()).isTrue();
    }

    @Test
    void signalsNoProcessThatHasThePidOfAnother() {
        long pid = ProcessHandle.current().pid();
        var earlier = new ProcessId(pid, ProcessStat.of(pid).orElseThrow().startTime() - 1);
        assertThat(earlier.alive()).isFalse();
        assertThat(earlier.signal(Posix.SIGKILL)).isFalse();
    }

    @Test
    void refusesToSignalGroupsAndInit() {
        for (long pid : new long[] {-1, 0, 1, 1L << 40}) {
            assertThatThrownBy(() -> Posix.kill(pid, Posix.SIGCONT)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void findsWhatCarriesAMarkAndItsDescendantsAndKillsThem() throws IOException {
        var mark = Marked.mark();
        var builder = new ProcessBuilder(List.of("sh", "-c", "env -i sleep 1000; true"));
        builder.environment().put(Marked.VARIABLE, mark);
        var process = builder.start();
        Awaitility.await().until(() -> Marked.carrying(mark).size() == 2);
        assertThat(Marked.kill(mark)).isEqualTo(2);
        Awaitility.await()
                .until(() -> !process.isAlive() && Marked.carrying(mark).isEmpty());
    }
}
