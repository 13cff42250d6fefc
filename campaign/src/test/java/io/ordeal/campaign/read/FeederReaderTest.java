package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.Campaign;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import io.ordeal.schemas.load.Feeder;
import io.ordeal.schemas.load.FeederOrder;
import io.ordeal.schemas.load.SegmentPlan;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeederReaderTest {
    private static final String CSV = """
        \uFEFFname,note
        ann,"a ""quoted"", one"

        bob,"over
        lines"
        """;

    private static Reading read(String feeder, String file) {
        var text = SMALL + "feeders:\n  accounts: " + feeder + "\n";
        return CampaignReader.read("test.yaml", text, List.of(), _ -> file);
    }

    private static Campaign accepted(String feeder, String file) {
        assertThat(read(feeder, file)).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) read(feeder, file)).campaign();
    }

    private static List<String> problems(String feeder, String file) {
        return ((Reading.Refused) read(feeder, file))
                .problems().stream().map(DocumentProblem::message).toList();
    }

    @Test
    void readsCommaSeparatedValues() {
        var feeder = accepted("{file: accounts.csv}", CSV).feeders().getFirst();

        assertThat(feeder.fields()).containsExactly("name", "note");
        assertThat(feeder.rows()).containsExactly(List.of("ann", "a \"quoted\", one"), List.of("bob", "over\nlines"));
    }

    @Test
    void readsJsonLines() {
        var lines = "{\"a\": \"x\", \"b\": {\"c\": 1}}\n\n{\"b\": 2.50, \"a\": null}\n";

        assertThat(accepted("{file: a.jsonl}", lines).feeders().getFirst().rows())
                .containsExactly(List.of("x", "{\"c\":1}"), List.of("null", "2.5"));
    }

    @Test
    void readsRowsOfTheDocument() {
        var feeder = accepted("{rows: [{user: a, n: 1}, {n: 2, user: b}], order: random}", "")
                .feeders()
                .getFirst();

        assertThat(feeder.fields()).containsExactly("user", "n");
        assertThat(feeder.rows()).containsExactly(List.of("a", "1"), List.of("b", "2"));
    }

    @Test
    void namesFileAndLineOfEveryProblem() {
        assertThat(problems("{file: accounts.csv}", "name,note\na,b\nc\nd,e\nf,g,h\n"))
                .containsExactlyInAnyOrder(
                        "accounts.csv:3: has 1 values, and the first line names 2",
                        "accounts.csv:5: has 3 values, and the first line names 2");
        assertThat(problems("{file: a.jsonl}", "{\"a\": 1}\nnonsense\n[1]\n{\"b\": 1}\n"))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("a.jsonl:2: is no JSON"))
                .contains("a.jsonl:3: is no JSON object")
                .contains("a.jsonl:4: has not the same names as the first line; missing: a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{file: accounts.csv} | '' | accounts.csv:1: is empty",
                "{file: accounts.csv} | 'a,a\n1,2' | accounts.csv:1: names a column twice",
                "{file: accounts.csv} | 'a,b' | accounts.csv:1: names columns, but no rows follow",
                "{file: accounts.csv} | 'a b\n1' | the field `a b` of feeder",
                "{rows: [{a: 1}, {b: 1}]} | '' | this row has no",
                "{file: a.csv, order: circular, at-end: stop} | 'a\n1' | a feeder without an end has `at-end`",
                "{file: a.csv, rows: [{a: 1}]} | 'a\n1' | has both `file` and `rows`"
            })
    void refusesWhatIsNoData(String feeder, String file, String message) {
        assertThat(problems(feeder, file)).anyMatch(problem -> problem.contains(message));
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        var text = SMALL + "feeders: {a: {file: none.csv}}\n";
        var reading = CampaignReader.read("test.yaml", text, List.of(), _ -> {
            throw new IOException("there is no such file");
        });

        assertThat(((Reading.Refused) reading).problems())
                .extracting(DocumentProblem::message)
                .containsExactly("`none.csv` cannot be read: there is no such file");
    }

    @Test
    void refusesMoreThanFitsIntoAPlan() {
        var rows = IntStream.range(0, 400).mapToObj(_ -> "x".repeat(100_000)).collect(Collectors.joining("\n"));

        assertThat(problems("{file: accounts.csv}", "a\n" + rows))
                .singleElement()
                .asString()
                .startsWith("the data is 10 MB for each of 4 segments");
    }

    @ParameterizedTest
    @EnumSource
    void givesEachRowToOneSegmentUnlessAnyMayTakeIt(FeederOrder order) {
        var rows = IntStream.range(0, 11).mapToObj(row -> "r" + row).toList();
        var text = SMALL + "feeders: {a: {file: a.csv, order: " + order.name().toLowerCase(Locale.ROOT) + "}}\n";
        var reading = CampaignReader.read("t.yaml", text, List.of(), _ -> "a\n" + String.join("\n", rows) + "\n");
        var campaign = ((Reading.Accepted) reading).campaign();
        var plan = ((Planning.Planned) Planner.plan(campaign, 1)).plan();
        var shares = plan.segments("run", "http://x").stream()
                .map(SegmentPlan::feeders)
                .map(List::getFirst)
                .map(Feeder::rows)
                .map(share -> share.stream().map(List::getFirst).toList())
                .toList();

        var all = shares.stream().flatMap(List::stream).toList();
        switch (order) {
            case SEQUENTIAL, CIRCULAR ->
                assertThat(shares)
                        .containsExactly(
                                List.of("r0", "r4", "r8"),
                                List.of("r1", "r5", "r9"),
                                List.of("r2", "r6", "r10"),
                                List.of("r3", "r7"));
            case SHUFFLED ->
                assertThat(all).containsExactlyInAnyOrderElementsOf(rows).isNotEqualTo(rows);
            case RANDOM ->
                assertThat(shares).allSatisfy(share -> assertThat(share).isEqualTo(rows));
        }
    }
}
