package io.ordeal.campaign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.runtime.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
    @TempDir
    Path results;

    @Test
    void saysHowToReachTheClusterForAsLongAsTheRunLasts() throws IOException {
        var folder = Files.createDirectory(results.resolve("k7xm-2q9d"));
        try (var _ = StackFile.write(folder, KafkaSettings.plain("127.0.0.1:9092", "http://127.0.0.1:8080"))) {
            assertThat(StackFile.below(results)).containsExactly(folder.resolve(StackFile.NAME));
            assertThat(StackFile.read(folder.resolve(StackFile.NAME)))
                    .isEqualTo(Map.of(
                            "ORDEAL_BOOTSTRAP_SERVERS", "127.0.0.1:9092",
                            "ORDEAL_REGISTRY_URL", "http://127.0.0.1:8080",
                            "ORDEAL_TOPIC_PREFIX", "ordeal."));
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(StackFile.below(results)).isEmpty();
    }

    @Test
    void doesNotBelieveWhatADeadRunHasLeftBehind() throws IOException {
        var folder = Files.createDirectory(results.resolve("dead"));
        Files.writeString(folder.resolve(StackFile.NAME), "# process 999999999\nexport ORDEAL_REGISTRY_URL=x\n");

        assertThat(StackFile.below(results)).isEmpty();
        assertThat(StackFile.below(results.resolve("nowhere"))).isEmpty();
    }
}
