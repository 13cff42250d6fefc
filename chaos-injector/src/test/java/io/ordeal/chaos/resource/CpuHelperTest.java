package io.ordeal.chaos.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.chaos.fault.ResourceFault.CpuLoad;
import io.ordeal.chaos.process.Marked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuHelperTest {
    private static final CpuLoad LIGHT = new CpuLoad(20, 1);

    @TempDir
    private Path folder;

    @Test
    void burnsWithoutStressNgUntilItIsClosed() throws IOException {
        var mark = Marked.mark();
        try (var helper = start(Duration.ofMinutes(1), mark)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> helper.cpuTime().compareTo(Duration.ofMillis(300)) > 0);
        }
        Awaitility.await().until(() -> Marked.carrying(mark).isEmpty());
    }

    @Test
    void endsByItselfWhenItsTimeIsOver() throws IOException {
        try (var helper = start(Duration.ofMillis(100), Marked.mark())) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !helper.alive());
        }
    }

    @Test
    void givesStressNgItsOwnTimeLimit() {
        assertThat(CpuHelper.stressNgCommand(Path.of("/usr/bin/stress-ng"), LIGHT, Duration.ofMillis(1200)))
                .containsSequence("--cpu", "1", "--cpu-load", "20")
                .containsSequence("--timeout", "2s");
    }

    private CpuHelper start(Duration limit, String mark) throws IOException {
        return CpuHelper.start(Optional.empty(), LIGHT, limit, mark, folder.resolve("helper.log"));
    }
}
