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
                        false,
                        new Measure.Percentile(99.9, Measure.Latency.SERVICE),
                        Optional.of("shop/buy"),
                        Optional.empty(),
                        Comparison.AT_MOST,
                        1.5,
                        new Scope(Optional.of("steady"), new Scope.DuringFaults(Optional.of("F1"))),
                        Form.PER_WINDOW,
                        Optional.empty()));
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
                "p95 of < 1s | no comparison",
                "p95 < 1s per window as budget | more than once how windows",
                "mean < 1s as budget | have a budget",
                "recovery < 1s per window | one value",
                "recovery slope < 1s/h | no slope",
                "p95 < 1s on api | and this is none",
                "p95 < 1s tagged gold | `gold` is no tag",
                "p95 < 1s with few requests | no number of requests",
                "p95 < 1s with 50 | `requests` after `with 50`",
                "p95 slope < 5ms | `5ms` is no limit",
                "cpu < 80% tagged tier=gold | not of requests",
                "cpu < lots | `lots` is no limit",
                "service min < 1s | no statistic of a latency",
                "CPU < 80% | no measure",
                "fast < 500ms | say on which target"
            })
    void saysWhatIsWrong(String expression, String message) {
        assertThatThrownBy(() -> ObjectiveParser.parse(expression))
                .isInstanceOf(MalformedObjective.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu < 80% | 0.8 | RATIO",
                "memory_bytes < 2GiB on api | 2147483648 | BYTES",
                "queue_depth < 100 | 100 | NUMBER",
                "event_loop_lag_seconds p99 < 20ms on any | 0.02 | SECONDS",
                "disk_bytes mean < 10MB/s on api | 1e7 | BYTES_PER_SECOND",
                "tokens_per_second p50 > 20 | 20 | NUMBER",
                "heap_after_gc slope < 5MB/h | 5e6 | BYTES_PER_HOUR",
                "open_files slope < 1/min | 60 | NUMBER_PER_HOUR",
                "p95 slope < 5ms/h | 0.005 | SECONDS_PER_HOUR",
                "errors slope < 0.1%/h | 0.001 | RATIO_PER_HOUR",
                "throughput slope > -10/s/h | -10 | PER_SECOND_PER_HOUR"
            })
    void takesTheUnitFromTheLimitWhereTheMeasureHasNone(String expression, double limit, Unit unit) {
        var objective = ObjectiveParser.parse(expression);
        assertThat(objective.limit()).isEqualTo(limit);
        assertThat(objective.measure().unit()).isEqualTo(unit);
    }

    @Test
    void tellsReadingsFromWhatRequestsMeasure() {
        var tokens = new Measure.Custom("tokens_per_second", new Statistic.Rank(50), Unit.NUMBER);
        assertThat(ObjectiveParser.parse("tokens_per_second p50 > 20").measure())
                .isEqualTo(tokens);
        assertThat(ObjectiveParser.parse("cpu < 80%").measure())
                .isEqualTo(new Measure.Level("cpu", new Statistic.Greatest(), Unit.RATIO));
        assertThat(ObjectiveParser.parse("hit_ratio > 90% on any").measure())
                .isEqualTo(new Measure.Level("hit_ratio", new Statistic.Least(), Unit.RATIO));
        assertThat(ObjectiveParser.parse("cpu mean < 80% on any"))
                .extracting(Objective::measure, Objective::on)
                .containsExactly(
                        new Measure.Level("cpu", new Statistic.Average(), Unit.RATIO), Optional.<String>empty());
        assertThat(ObjectiveParser.parse("heap_after_gc slope < 5MB/h on api"))
                .extracting(Objective::measure, Objective::on)
                .containsExactly(
                        new Measure.Slope(new Measure.Level("heap_after_gc", new Statistic.Average(), Unit.BYTES)),
                        Optional.of("api"));
    }

    @Test
    void readsWhatOnlyWarnsBudgetsTagsAndHowManyRequestsItTakes() {
        var objective = ObjectiveParser.parse("warn errors < 1% tagged tier=gold with 1_000 requests as budget");
        assertThat(objective.advisory()).isTrue();
        assertThat(objective.form()).isEqualTo(Form.BUDGET);
        assertThat(objective.least()).contains(1000L);
        assertThat(objective.scope().tag()).contains(new Scope.Tag("tier", "gold"));
        assertThat(objective.scope().text()).isEqualTo("whole run, tagged tier=gold");
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
