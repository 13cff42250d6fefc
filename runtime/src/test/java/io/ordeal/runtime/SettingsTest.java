package io.ordeal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void readsWhatIsGivenAndFillsInTheRest() {
        var settings = Settings.read(Map.of(
                "ORDEAL_BOOTSTRAP_SERVERS", "kafka:9092",
                "ORDEAL_REGISTRY_URL", "http://registry:8080",
                "ORDEAL_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "ORDEAL_HTTP_PORT", "0"));
        assertThat(settings.kafka().topicPrefix()).isEqualTo("ordeal.");
        assertThat(settings.kafka().consumer())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("bootstrap.servers", "kafka:9092");
        assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
        assertThat(settings.token()).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThatThrownBy(
                        () -> Settings.read(Map.of("ORDEAL_HTTP_PORT", "eighty", "ORDEAL_TOKEN_FILE", "/no/such/file")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("ORDEAL_BOOTSTRAP_SERVERS: is not set")
                .hasMessageContaining("ORDEAL_REGISTRY_URL: is not set")
                .hasMessageContaining("ORDEAL_HTTP_PORT: `eighty` is no number from 0 to 65535")
                .hasMessageContaining("ORDEAL_TOKEN_FILE: cannot be read: `/no/such/file`");
    }

    @Test
    void readsSecretsFromFilesAndNeverPrintsThem(@TempDir Path folder) throws Exception {
        var token = Files.writeString(folder.resolve("token"), "s3cret\n");
        var settings = Settings.read(Map.of(
                "ORDEAL_BOOTSTRAP_SERVERS",
                "kafka:9092",
                "ORDEAL_REGISTRY_URL",
                "http://registry:8080",
                "ORDEAL_TOKEN_FILE",
                token.toString(),
                "ORDEAL_KAFKA_SASL_JAAS_CONFIG_FILE",
                token.toString()));
        assertThat(settings.token()).contains("s3cret");
        assertThat(settings.kafka().properties()).containsEntry("sasl.jaas.config", "s3cret");
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("s3cret");
    }
}
