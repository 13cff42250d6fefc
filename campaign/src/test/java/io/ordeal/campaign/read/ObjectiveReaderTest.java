package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static io.ordeal.campaign.read.Documents.refused;
import static io.ordeal.campaign.read.Documents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveReaderTest {
    private static final String OBJECTIVE = "p95 < 500ms outside faults";
    private static final String STREAM = SMALL.replace("get: /items,", "events: /items, name: list,")
            .replace("weight: 3", "weight: 3\n    tags: {tier: gold}");
    private static final String WITHOUT_FAULTS =
            SMALL.replaceFirst("(?s)faults:.*objectives:", "objectives:").replace("recovery < 10s", "errors < 10%");

    @Test
    void knowsWhatStreamsOfEventsMeasure() {
        assertThat(accepted(STREAM.replace(OBJECTIVE, "tokens_per_second p50 of browse/list > 20 tagged tier=gold"))
                        .objectives())
                .hasSize(3);
        assertThat(shown(STREAM.replace(OBJECTIVE, "token_per_second p50 > 20")))
                .contains("E201", "there is no measure `token_per_second`", "did you mean `tokens_per_second`?");
        assertThat(shown(STREAM.replace(OBJECTIVE, "tokens_per_second p50 of buy > 20")))
                .contains("there is no measure `tokens_per_second`", "what `buy` measures: none");
    }

    @Test
    void saysThatAReadingNeedsATarget() {
        assertThat(shown(SMALL.replace(OBJECTIVE, "heap_bytes p95 < 1GB")))
                .contains("there is no measure `heap_bytes`", "for the reading of that name say on which target");
    }

    @Test
    void knowsTheTagsOfScenarios() {
        assertThat(shown(STREAM.replace(OBJECTIVE, "p95 < 500ms tagged tier=golden")))
                .contains("E201", "there is no tag `tier=golden`", "did you mean `tier=gold`?");
        assertThat(shown(SMALL.replace(OBJECTIVE, "p95 < 500ms tagged tier=gold")))
                .contains("tags: none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time_to_trip < 5s | needs a fault, and",
                "queue_drain < 2m | needs a fault or a phase, and",
                "errors < 1% during faults | needs a fault, and"
            })
    void refusesWhatIsNeverJudgedWithoutAFault(String objective, String message) {
        assertThat(refused(WITHOUT_FAULTS.replace(OBJECTIVE, objective)))
                .extracting(problem -> problem.code().text())
                .contains("E205");
        assertThat(shown(WITHOUT_FAULTS.replace(OBJECTIVE, objective))).contains(message);
        assertThat(accepted(WITHOUT_FAULTS.replace(OBJECTIVE, "queue_drain < 2m in steady"))
                        .objectives())
                .isNotEmpty();
    }

    @Test
    void refusesASlopeOverTooLittleTime() {
        var slope = SMALL.replace(OBJECTIVE, "p95 slope < 5ms/h");
        assertThat(Planner.plan(accepted(slope), 1)).isInstanceOf(Planning.Planned.class);
        var longer = accepted(slope, "window=4s", "phases.steady.for=40s");
        assertThat(Planner.plan(longer, 1)).isInstanceOf(Planning.Planned.class);
        assertThat(conflicts(accepted(slope, "window=4s"))).contains("looks at less time than a slope takes");
        assertThat(conflicts(accepted(SMALL.replace(OBJECTIVE, "p95 slope < 5ms/h during F1"))))
                .contains("it needs 10 points, one for each 1 s");
    }

    private static String conflicts(Campaign campaign) {
        return Planner.plan(campaign, 1).toString();
    }

    @Test
    void refusesMoreRequestsThanCanBeToldApart() {
        var steps = IntStream.range(0, 2001)
                .mapToObj(i -> "      - {name: r" + i + ", get: /items}")
                .collect(Collectors.joining("\n"));
        assertThat(shown(SMALL.replace("      - {get: \"/orders?last=1\"}", steps)))
                .contains("E105", "the scenarios have 2,003 kinds of requests, and 2,000 can be told apart");
    }
}
