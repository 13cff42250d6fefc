package io.ordeal.schemas.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveParserTest {
    @Test
    void readsEveryPart() {
        assertThat(ObjectiveParser.parse("service p99.9 of shop/buy <= 1.5s during F1 in steady per window"))
                .isEqualTo(new Objective(
                        "service p99.9 of shop/buy <= 1.5s during F1 in steady per window",
                        new Measure.Percentile(99.9, Measure.Latency.SERVICE),
                        Optional.of("shop/buy"),
                        Comparison.AT_MOST,
                        1.5,
                        new Scope(Optional.of("steady"), new Scope.DuringFaults(Optional.of("F1"))),
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "p95 < 500ms, 0.5",
        "p95<500ms, 0.5",
        "p99 < 250us, 0.00025",
        "mean < 2m, 120",
        "max <= 1h, 3600",
        "errors < 1%, 0.01",
        "errors <= 0.001, 0.001",
        "availability >= 99.9%, 0.999",
        "throughput >= 500/s, 500",
        "throughput > 30/m, 0.5",
        "throughput > 1_000/s, 1000",
        "recovery < 30s, 30",
        "recovery < 30s after F1, 30"
    })
    void readsLimitsInTheUnitOfTheMeasure(String expression, double limit) {
        assertThat(ObjectiveParser.parse(expression).limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({"p50, 50", "p99.9, 99.9", "p999, 99.9", "p9999, 99.99", "p100, 100"})
    void readsPercentilesInPercent(String word, double rank) {
        if (word.equals("p9999")) {
            assertThatThrownBy(() -> ObjectiveParser.parse(word + " < 1s")).isInstanceOf(MalformedObjective.class);
        } else {
            assertThat(ObjectiveParser.parse(word + " < 1s").measure())
                    .isEqualTo(new Measure.Percentile(rank, Measure.Latency.RESPONSE));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a measure",
                "p95 | a comparison",
                "p95 500ms | no comparison",
                "p95 < | a limit",
                "p95 < 500 | `500` is no limit",
                "p95 < fast | `fast` is no limit",
                "p0 < 1s | no percentile",
                "q95 < 1s | no measure",
                "errors < 5s | no limit",
                "errors < 200% | at most 100 %",
                "errors > 1% | less of it is better",
                "availability < 99% | more of it is better",
                "p95 < 1s outside | `faults` after `outside`",
                "p95 < 1s outside storms | not `storms`",
                "p95 < 1s in steady in peak | more than once",
                "p95 < 1s during F1 outside faults | more than once",
                "p95 < 1s please | `please` is not understood",
                "p95 of < 1s | no comparison"
            })
    void saysWhatIsWrong(String expression, String message) {
        assertThatThrownBy(() -> ObjectiveParser.parse(expression))
                .isInstanceOf(MalformedObjective.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ms", "1.2.3s", "-5s", "5 furlongs", "1e3s"})
    void refusesWhatIsNoTime(String text) {
        assertThat(Quantity.parse(text).flatMap(Quantity::duration)).isEmpty();
    }

    @Test
    void readsSizes() {
        assertThat(Quantity.parse("10KB/s").flatMap(Quantity::bytesPerSecond)).contains(10_000L);
        assertThat(Quantity.parse("2 MiB").flatMap(Quantity::bytes)).contains(2L << 20);
        assertThat(Quantity.parse("10KB").flatMap(Quantity::bytesPerSecond)).isEmpty();
    }

    @Test
    void readsWhatIsTooBad() {
        assertThat(ObjectiveParser.breach("p95 > 500ms").holds(0.6)).isTrue();
        assertThat(ObjectiveParser.breach("throughput < 10/s").holds(11)).isFalse();
        assertThatThrownBy(() -> ObjectiveParser.breach("errors < 5%"))
                .isInstanceOf(MalformedObjective.class)
                .hasMessageContaining("it says when it is too bad, and less of it is better: write > or >=");
    }
}
