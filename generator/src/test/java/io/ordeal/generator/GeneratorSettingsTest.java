package io.ordeal.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.generator.run.Tolerance;
import io.ordeal.runtime.InvalidSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GeneratorSettingsTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void readsEveryVariable() {
        var settings = GeneratorSettings.read(Map.of(
                "ORDEAL_GENERATOR_EVENT_LOOPS", "3",
                "ORDEAL_GENERATOR_QUEUE", "5000",
                "ORDEAL_GENERATOR_LATEST_START", "50ms",
                "ORDEAL_GENERATOR_LONGEST_LAG", "60ms",
                "ORDEAL_GENERATOR_LONGEST_GC", "70ms",
                "ORDEAL_GENERATOR_WARM_UP", "0",
                "ORDEAL_GENERATOR_DRAIN", "1s"));

        assertThat(settings)
                .isEqualTo(new GeneratorSettings(
                        3,
                        5000,
                        new Tolerance(50_000_000, 60_000_000, 70_000_000, 4500, CORES),
                        Duration.ZERO,
                        Duration.ofSeconds(1)));
    }

    @Test
    void toleratesAsMuchLagAndCollectionAsDelayUnlessToldOtherwise() {
        assertThat(GeneratorSettings.read(Map.of("ORDEAL_GENERATOR_LATEST_START", "2s"))
                        .tolerance())
                .isEqualTo(new Tolerance(2_000_000_000, 2_000_000_000, 2_000_000_000, 900_000, CORES));
    }

    @Test
    void hasDefaults() {
        assertThat(GeneratorSettings.read(Map.of())).isEqualTo(GeneratorSettings.DEFAULTS);
    }

    @Test
    void namesEveryProblem() {
        assertThatThrownBy(() -> GeneratorSettings.read(
                        Map.of("ORDEAL_GENERATOR_EVENT_LOOPS", "0", "ORDEAL_GENERATOR_DRAIN", "soon")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("ORDEAL_GENERATOR_EVENT_LOOPS")
                .hasMessageContaining("`soon` is no time");
    }

    @Test
    void offersPlansOnlyTheVariablesThatItIsToldTo() {
        var environment = Map.of(
                "ORDEAL_GENERATOR_SECRETS", "SHOP_*, TOKEN", "SHOP_USER", "ann", "TOKEN", "t", "AWS_SECRET", "x");
        var secrets = GeneratorSettings.secrets(environment);

        assertThat(secrets.named("SHOP_USER")).contains("ann");
        assertThat(secrets.named("TOKEN")).contains("t");
        assertThat(secrets.named("AWS_SECRET")).isEmpty();
        assertThat(GeneratorSettings.secrets(Map.of("TOKEN", "t")).named("TOKEN"))
                .isEmpty();
    }
}
