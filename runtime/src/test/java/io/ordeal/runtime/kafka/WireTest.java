package io.ordeal.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What happens without a registry; with one, the whole-system tests say.
class WireTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Test
    void givesUpOnARegistryThatIsNotThere() {
        var settings = KafkaSettings.plain("localhost:9", "http://127.0.0.1:9");
        assertThatThrownBy(() -> Wire.open(settings, PATIENCE))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("http://127.0.0.1:9");
    }

    @Test
    void givesUpOnARegistryThatNeverAnswers() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var settings = KafkaSettings.plain("localhost:9", "http://127.0.0.1:" + silent.getLocalPort());
            assertThatThrownBy(() -> Wire.open(settings, PATIENCE)).isInstanceOf(RegistryUnavailable.class);
        }
    }
}
