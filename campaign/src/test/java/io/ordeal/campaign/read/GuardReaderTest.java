package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static io.ordeal.campaign.read.Documents.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.Guard;
import io.ordeal.schemas.objective.Comparison;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardReaderTest {
    private static final String GUARD = "errors < 50% for 10s";

    private static Guard guard(String text) {
        return accepted(SMALL.replace(GUARD, text)).guards().getFirst();
    }

    @Test
    void readsHowLongAnObjectiveMayNotHold() {
        assertThat(guard("p99.9 of buy < 2s for 1m").trip()).isEqualTo(new Guard.Lasting(Duration.ofMinutes(1)));
        assertThat(guard("errors < 50% for 0s").trip()).isEqualTo(new Guard.Lasting(Duration.ZERO));
        assertThat(guard("availability  > 90%")).satisfies(guard -> {
            assertThat(guard.trip()).isEqualTo(new Guard.Lasting(Duration.ZERO));
            assertThat(guard.expression()).isEqualTo("availability > 90%");
        });
    }

    @Test
    void readsBurnRates() {
        var guard = guard("errors < 1% burns < 14 over 1m");
        assertThat(guard.trip()).isEqualTo(new Guard.Burning(Comparison.LESS, 14, Duration.ofMinutes(1)));
        assertThat(guard.objective().limit()).isEqualTo(0.01);
        assertThat(guard("p95 < 2s burns <= 19.5 over 30s").trip())
                .isEqualTo(new Guard.Burning(Comparison.AT_MOST, 19.5, Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "errors < 1% burns < 101 over 1m | E205 | when all requests are bad, its rate is 100",
                "errors < 1% burns <= 100 over 1m | E205 | cannot burn that fast",
                "throughput > 5/s burns < 2 over 1m | E104 | only errors, availability and percentiles",
                "errors < 1% burns < fast over 1m | E104 | `fast` is no burn rate",
                "errors < 1% burns quickly | E104 | does not say how fast",
                "errors < 1% burns < 5 over 0s | E104 | over no time",
                "errors < 50% for ever | E104 | `ever` is no time",
                "recovery < 5s for 10s | E104 | a guard looks at each window",
                "warn errors < 5% for 10s | E104 | a guard looks at each window",
                "errors < 5% tagged a=b for 10s | E104 | a guard looks at each window",
                "errors of bye < 5% for 10s | E201 | there is no scenario or request `bye`",
                "rows p50 < 5 for 10s | E201 | there is no measure `rows`",
                "cpu < 90% on any for 10s | E104 | a guard looks at each window"
            })
    void saysWhatIsNoGuard(String text, String code, String message) {
        assertThat(refused(SMALL.replace(GUARD, text))).anySatisfy(problem -> {
            assertThat(problem.code().text()).isEqualTo(code);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void knowsWhatWindowsCarryOfTheMeasuresOfRequests() {
        var measured = SMALL.replace("get: /items,", "get: /items, measure: {rows: $.n},");
        assertThat(accepted(measured.replace(GUARD, "rows p99 of browse < 5")).guards())
                .hasSize(1);
        assertThat(refused(measured.replace(GUARD, "rows p99.9 < 5"))).hasSize(1);
        assertThat(refused(measured.replace(GUARD, "rows p99 of buy < 5")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.UNKNOWN_NAME));
    }
}
