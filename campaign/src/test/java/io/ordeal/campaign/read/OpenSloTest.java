package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ordeal.campaign.document.ObjectiveEntry;
import io.ordeal.campaign.openslo.Export;
import io.ordeal.campaign.openslo.SloYaml;
import io.ordeal.campaign.read.OpenSloReader.Imported;
import io.ordeal.campaign.screen.Ink;
import io.ordeal.schemas.objective.MalformedObjective;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.ObjectiveParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloTest {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    static final String RATIO = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout-errors
          displayName: checkout errors
        spec:
          service: shop
          indicator:
            metadata: {name: errors}
            spec:
              ratioMetric:
                counter: true
                bad: {metricSource: {type: ordeal, spec: {requests: failed, of: buy}}}
                total: {metricSource: {type: ordeal, spec: {requests: ended, of: buy}}}
          timeWindow: [{duration: 28d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives:
            - {target: 0.995}
        """;

    private static final String LATENCY = RATIO.replaceFirst("(?s)ratioMetric:.*?timeWindow", """
        thresholdMetric:
                        metricSource: {type: ordeal, spec: {latency: response}}
          timeWindow""")
            .replace("{target: 0.995}", "{op: lt, value: 0.5, targetPercent: 99.9}");

    private static List<Imported> imported(String... texts) {
        return switch (read(texts)) {
            case OpenSloReader.Result.Good(var objectives) -> objectives;
            case OpenSloReader.Result.Bad(var problems) ->
                throw new AssertionError(String.join("\n", ProblemText.lines(problems, "slo.yaml", Ink.NONE)));
        };
    }

    private static String problems(String... texts) {
        return switch (read(texts)) {
            case OpenSloReader.Result.Good(var objectives) -> throw new AssertionError(objectives);
            case OpenSloReader.Result.Bad(var problems) ->
                String.join("\n", ProblemText.lines(problems, "slo.yaml", Ink.NONE));
        };
    }

    private static OpenSloReader.Result read(String... texts) {
        var files = new LinkedHashMap<String, String>();
        for (var text : texts) {
            files.put("slo-" + files.size() + ".yaml", text);
        }
        return OpenSloReader.read(files);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{target: 0.995} | errors of buy <= 0.5% as budget",
                "{targetPercent: 99.9} | errors of buy <= 0.1% as budget",
                "{target: 0} | errors of buy <= 100% as budget"
            })
    void readsRatios(String objective, String expression) {
        assertThat(imported(RATIO.replace("{target: 0.995}", objective)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).isEqualTo("checkout errors");
                    assertThat(one.expression()).isEqualTo(expression);
                });
    }

    @Test
    void readsAvailabilityLatenciesAndValues() {
        var due = RATIO.replace("bad:", "good:").replace("failed", "ok").replace("ended", "due");
        assertThat(imported(due).getFirst().expression()).isEqualTo("availability of buy >= 99.5% as budget");
        assertThat(imported(LATENCY).getFirst().expression()).isEqualTo("p99.9 < 0.5s as budget");
        var tokens = LATENCY.replace("latency: response", "measure: tokens_per_second p50, tagged: tier=gold")
                .replace("op: lt, value: 0.5", "op: gt, value: 20");
        assertThat(imported(tokens).getFirst().expression()).isEqualTo("tokens_per_second p50 > 20 tagged tier=gold");
        var heap = LATENCY.replace("latency: response", "measure: heap_after_gc mean slope, unit: B/h, on: any")
                .replace("value: 0.5", "value: 5e6");
        assertThat(imported(heap).getFirst().expression()).isEqualTo("heap_after_gc mean slope < 5000000B/h on any");
    }

    @Test
    void readsTimeSlicesAsWindows() {
        var slices = RATIO.replace("Occurrences", "Timeslices")
                .replace("{target: 0.995}", "{target: 0.9, timeSliceTarget: 0.99, timeSliceWindow: 1m}");
        assertThat(imported(slices).getFirst().expression()).isEqualTo("errors of buy <= 1% per window");
        assertThat(imported(slices).getFirst().slo().aim().slice().orElseThrow().window())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void findsIndicatorsInOtherFilesAndEachObjectiveOfAnSlo() {
        var indicator = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: shop-errors}
            spec:
              ratioMetric:
                counter: true
                bad: {metricSource: {type: ordeal, spec: {requests: failed}}}
                total: {metricSource: {type: ordeal, spec: {requests: ended}}}
            ---
            apiVersion: openslo/v1
            kind: Service
            metadata: {name: shop}
            spec: {}
            """;
        var slo = RATIO.replaceFirst("(?s)indicator:.*?timeWindow", "indicatorRef: shop-errors\n  timeWindow")
                .replace("- {target: 0.995}", "- {target: 0.995}\n    - {displayName: strict, target: 0.999}");
        assertThat(imported(slo, indicator))
                .extracting(Imported::name, Imported::expression)
                .containsExactly(
                        tuple("checkout errors 1", "errors <= 0.5% as budget"),
                        tuple("strict", "errors <= 0.1% as budget"));
        assertThat(problems(slo)).contains("E201", "there is no SLI `shop-errors`");
    }

    @Test
    void saysEverythingThatItCannotDoAtOnce() {
        var text = RATIO.replace("type: ordeal, spec: {requests: failed", "type: Prometheus, spec: {query: up")
                .replace("Occurrences", "RatioTimeslices")
                .replace("service: shop", "service: shop\n  alertPolicies: [{alertPolicyRef: page}]")
                .replace("{target: 0.995}", "{target: 1, op: lt}")
                .replace("openslo/v1", "openslo/v1alpha");
        assertThat(problems(text + "---\napiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: x}\nspec: {}\n"))
                .contains(
                        "slo-0.yaml:1:13",
                        "`openslo/v1alpha` is not read; only `openslo/v1` is",
                        "`alertPolicies` is nothing that Ordeal does",
                        "a metric of `Prometheus` is none of Ordeal's",
                        "help: name what Ordeal measures itself",
                        "`RatioTimeslices` is neither `Occurrences` nor `Timeslices`",
                        "a `DataSource` is nothing that Ordeal can use");
        assertThat(problems(RATIO.replace("{target: 0.995}", "{target: 1}")))
                .contains("`1` is not in the range that OpenSLO gives");
        assertThat(problems(LATENCY.replace("op: lt", "op: gt"))).contains("E104", "less of it is better");
        assertThat(problems(RATIO.replace("target: 0.995", "target: 0.995, timeSliceTarget: 0.5")))
                .contains("`timeSliceTarget` does not go with Occurrences");
    }

    @Test
    void isReadIntoACampaign() {
        var text = SMALL.replace("- p95 < 500ms outside faults", "- openslo: slo.yaml");
        var reading = CampaignReader.read("test.yaml", text, List.of(), path -> {
            if (!path.equals("slo.yaml")) {
                throw new IOException("there is no such file");
            }
            return RATIO + "---\n" + LATENCY.replace("checkout errors", "fast");
        });
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        assertThat(((Reading.Accepted) reading).campaign().objectives())
                .extracting(ObjectiveEntry::name)
                .containsExactly(
                        "checkout errors", "fast", "errors of buy/order < 1% in steady outside faults", "comes back");
        assertThat(Documents.shown(text)).contains("`slo.yaml` cannot be read: this campaign has no files beside it");
        var slices = RATIO.replace("Occurrences", "Timeslices")
                .replace("{target: 0.995}", "{target: 0.9, timeSliceTarget: 0.99, timeSliceWindow: 1m}");
        var refused = (Reading.Refused) CampaignReader.read("test.yaml", text, List.of(), _ -> slices);
        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("`checkout errors` has time slices of 60 s, the campaign windows of 1 s"));
    }

    @Test
    void refusesAnAnnotationThatContradictsTheRest() {
        var text = RATIO.replace(
                "displayName: checkout errors",
                "displayName: checkout errors\n  annotations: {ordeal.io/objective: errors of buy < 1% in steady}");
        assertThat(problems(text))
                .contains("`errors of buy < 1% in steady` is not what the SLO says: `errors of buy <= 0.5% as budget`");
        assertThat(imported(text.replace("< 1%", "< 0.5%")).getFirst().expression())
                .isEqualTo("errors of buy < 0.5% in steady");
    }

    @Test
    void theGuidesExampleSaysWhatItSays() throws IOException {
        var guide = Files.readString(Path.of("../docs/openslo.md"));
        var blocks = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(guide)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        var expressions = new LinkedHashMap<String, String>();
        imported(blocks.get(0)).forEach(one -> expressions.put(one.name(), one.expression()));
        assertThat(SloYaml.objectives(expressions)).isEqualTo(blocks.get(1));
    }

    @Property(tries = 2000)
    void whatIsWrittenIsReadAgain(
            @ForAll("expressions") String expression,
            @ForAll("names") String name,
            @ForAll("windows") Duration window) {
        Optional<Objective> parsed;
        try {
            parsed = Optional.of(ObjectiveParser.parse(expression));
        } catch (MalformedObjective _) {
            parsed = Optional.empty();
        }
        Assume.that(parsed.isPresent());
        var objective = parsed.orElseThrow();
        var yaml =
                SloYaml.documents("shop", List.of(new ObjectiveEntry(name, objective)), window, Duration.ofSeconds(90));

        var back = imported(yaml);

        assertThat(back).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo(name);
            assertThat(Export.bare(ObjectiveParser.parse(one.expression()))).isEqualTo(Export.bare(objective));
            one.slo()
                    .aim()
                    .slice()
                    .ifPresent(slice -> assertThat(slice.window()).isEqualTo(window));
        });
    }

    @Provide
    Arbitrary<Duration> windows() {
        return Arbitraries.of(
                Duration.ofMillis(250), WINDOW, Duration.ofSeconds(7), Duration.ofSeconds(59), Duration.ofMinutes(1));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("fast", "p95 < 500ms: \"all\" #1", "Zurück?", "- x", "true", "7", "a  'b'");
    }

    @Provide
    Arbitrary<String> expressions() {
        var measures = Arbitraries.of(
                Map.entry("errors <", "1%|0.1%|0.37%|100%|0%"),
                Map.entry("errors of buy/order <=", "5%|0.001"),
                Map.entry("availability >=", "99.9%|100%|0%|99.95%"),
                Map.entry("p95 <", "500ms|250us|1.5s|2m"),
                Map.entry("service p99.9 of buy <=", "333ms"),
                Map.entry("p100 <", "1s"),
                Map.entry("mean of buy <", "1h"),
                Map.entry("service max <", "77us"),
                Map.entry("throughput >", "500/s|30/m|1_000/h"),
                Map.entry("throughput slope >", "-10/s/h"),
                Map.entry("recovery <", "30s"),
                Map.entry("time_to_trip <", "5s"),
                Map.entry("queue_drain <", "2m"),
                Map.entry("cpu <", "80%"),
                Map.entry("memory_bytes max <", "2GiB"),
                Map.entry("heap_after_gc slope <", "5MB/h|1.5KB/min"),
                Map.entry("errors slope <", "0.1%/h"),
                Map.entry("p95 slope <", "5ms/h"),
                Map.entry("tokens p50 >", "20|0.25"),
                Map.entry("hit_ratio min >", "90%"),
                Map.entry("disk_bytes p99 <", "10MB/s"));
        var warn = Arbitraries.of("", "", "warn ");
        var measure = measures.flatMap(
                entry -> Arbitraries.of(entry.getValue().split("\\|")).map(limit -> entry.getKey() + " " + limit));
        var faults = Arbitraries.of("", "", " outside faults", " during faults", " during F1", " after F1");
        var phase = Arbitraries.of("", "", " in steady");
        var who = Arbitraries.of("", "", " tagged tier=gold", " on any", " on api");
        var least = Arbitraries.of("", "", " with 1_000 requests");
        var form = Arbitraries.of("", " per window", " as budget");
        return Combinators.combine(warn, measure, faults, phase, who, least, form)
                .as((a, b, c, d, e, f, g) -> a + b + c + d + e + f + g);
    }
}
