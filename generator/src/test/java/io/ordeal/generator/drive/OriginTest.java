package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class OriginTest {
    @Test
    void readsHostPortAndPath() {
        assertThat(Origin.of("http://127.0.0.1:8080")).isEqualTo(new Origin("127.0.0.1", 8080, "127.0.0.1", "", false));
        assertThat(Origin.of("http://example.org/api/"))
                .isEqualTo(new Origin("example.org", 80, "example.org", "/api", false));
        assertThat(Origin.of("http://[::1]:81")).isEqualTo(new Origin("::1", 81, "::1", "", false));
    }

    @Test
    void refusesWhatItCannotDrive() {
        assertThatThrownBy(() -> Origin.of("ftp://127.0.0.1")).hasMessageContaining("does not begin with http://");
        assertThatThrownBy(() -> Origin.of("http://host:1/?a=b")).hasMessageContaining("http://host:port");
        assertThatThrownBy(() -> Origin.of("http://a b")).hasMessageContaining("no address");
    }
}
