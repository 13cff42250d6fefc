package io.ordeal.chaos.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelFileTest {
    @Test
    void readsWhatTheKernelGivesOnlyAtTheFirstRead() {
        assertThat(KernelFile.number(Path.of("/proc/sys/kernel/threads-max")))
                .hasValueSatisfying(most -> assertThat(most).isGreaterThan(100));
    }

    @Test
    void findsWhatStandsBehindAKey() {
        assertThat(KernelFile.number(Path.of("/proc/self/stat"), "nothing")).isEmpty();
        assertThat(KernelFile.text(Path.of("/proc/self/no-such-file"))).isEmpty();
    }
}
