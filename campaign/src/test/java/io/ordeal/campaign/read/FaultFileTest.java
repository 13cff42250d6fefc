package io.ordeal.campaign.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ordeal.campaign.catalogue.Catalogue;
import io.ordeal.campaign.document.FaultFile;
import io.ordeal.chaos.fault.Reading;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(DOCUMENT);

    /// Targets that between them have every facet, under no narrow limit.
    private static final InjectorConfiguration EVERYTHING = InjectorConfiguration.parse("all.yaml", """
        targets:
          proxy: {proxy: {upstream: "127.0.0.1:9"}}
          network: {network: {ports: [9]}}
          process:
            process:
              pid-file: /run/x.pid
              moments:
                during-request: {file: {path: /var/log/x, matches: request}}
                during-registration: {file: {path: /var/log/x, matches: register}}
          group: {group: {members: [process]}}
          container: {container: {name: x}}
          cgroup: {cgroup: {path: x}}
          host: {host: {}}
          directory: {directory: {path: /srv/x}}
          gpu: {gpu: {device: "0"}}
        """);

    private static final String SMALL = """
        id: small
        name: Slow
        description: Answers arrive later.
        expect: They do.
        for: 10s
        faults:
          - {kind: latency, latency: 500ms, jitter: 100ms}
          - {kind: kill, on: db, at: 20s, for: 5s, fraction: 50%}
        """;

    private static JsonNode document() {
        try (var in = Objects.requireNonNull(
                FaultFileReader.class.getResourceAsStream("/io/ordeal/campaign/fault-v1.json"))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Catalogue.Entry> shipped() {
        return Catalogue.faults().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyOneThatShipsIsGoodForTheReaderTheSchemaAndAnInjector(Catalogue.Entry entry) {
        var file = good(entry.text());
        assertThat(file.id()).isEqualTo(entry.id());
        assertThat(List.of(file.name(), file.description(), file.expect())).noneMatch(String::isBlank);
        assertThat(complaints(entry.text())).isEmpty();
        for (var part : file.parts()) {
            var facets = part.kind().facets().stream()
                    .filter(facet -> part.fraction() == 1 || part.kind().partial(facet))
                    .toList();
            assertThat(facets).isNotEmpty().allSatisfy(facet -> assertAccepted(part, facet));
        }
    }

    private static void assertAccepted(FaultFile.Part part, Facet facet) {
        var spec = part.spec("f", facet.published());
        assertThat(new io.ordeal.chaos.fault.FaultReader(EVERYTHING).read(spec))
                .as("%s on %s", spec, facet)
                .isInstanceOf(Reading.Valid.class);
    }

    @Test
    void theCatalogueIsThere() {
        assertThat(Catalogue.faults())
                .extracting(Catalogue.Entry::id)
                .contains("NF-001", "NF-002", "NF-003", "NF-004", "NF-005")
                .contains("WC-001", "WC-002", "WC-003", "WC-004", "WC-005")
                .contains("RE-001", "RE-002", "RE-003", "RE-004", "RE-005")
                .contains("stress-cpu", "stress-memory", "stress-disk", "stress-files", "stress-connections")
                .contains("stress-combined", "rag-service-failure", "payments-downstream-errors");
        assertThat(Catalogue.fault("nf-002")).isPresent();
        assertThat(Catalogue.fault("NF-999")).isEmpty();
    }

    @Test
    void aFileIsReadAsItIsMeant() {
        var parts = good(SMALL).parts();
        assertThat(parts.getFirst())
                .isEqualTo(new FaultFile.Part(
                        FaultKind.LATENCY,
                        Optional.empty(),
                        new TreeMap<>(Map.of("latency", "500ms", "jitter", "100ms")),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        1,
                        Duration.ZERO));
        assertThat(parts.getLast().target()).contains("db");
        assertThat(parts.getLast().at()).isEqualTo(Duration.ofSeconds(20));
        assertThat(parts.getLast().duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(parts.getLast().fraction()).isEqualTo(0.5);
        assertThat(complaints(SMALL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: small | id: very small",
                "id: small | ident: small",
                "name: Slow | ",
                "expect: They do. | ",
                "for: 10s | for: 10",
                "for: 10s | duration: 10s",
                "kind: latency, | kind: lateness,",
                "kind: latency, | ",
                "jitter: 100ms | jitter: some",
                "at: 20s | at: later",
                "fraction: 50% | fraction: half",
                "jitter: 100ms | after: fast"
            })
    void whatIsWrongIsWrongForBoth(String good, String bad) {
        var text = SMALL.replace(good, bad == null ? "" : bad);
        assertThat(text).isNotEqualTo(SMALL);
        assertThat(complaints(text)).isNotEmpty();
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void aMissingOrForeignParameterIsAProblem() {
        assertThat(problems(SMALL.replace("latency: 500ms, ", "")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("`latency` is missing"));
        assertThat(problems(SMALL.replace("jitter: 100ms", "rate: 1KB/s")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("does not belong to a fault of kind latency"));
    }

    @Test
    void aCampaignUsesOneAndChangesWhatItNames() {
        var used = Documents.accepted(Documents.SMALL.replace(
                        "id: F1, latency: 500ms, jitter: 100ms,", "use: nf-002, id: F1, latency: 1s,"))
                .faults()
                .getFirst();
        assertThat(used.id()).isEqualTo("F1");
        assertThat(used.kind()).isEqualTo(FaultKind.LATENCY);
        assertThat(used.parameters()).containsOnly(Map.entry("latency", "1s"), Map.entry("jitter", "100ms"));
        var plain = Documents.accepted(
                        Documents.SMALL.replace("id: F1, latency: 500ms, jitter: 100ms,", "use: NF-002,"))
                .faults()
                .getFirst();
        assertThat(plain.id()).isEqualTo("NF-002");
    }

    @Test
    void aCampaignIsToldWhatItCannotUse() {
        var unknown =
                Documents.refused(Documents.SMALL.replace("id: F1, latency: 500ms, jitter: 100ms,", "use: NF-020,"));
        assertThat(unknown).anySatisfy(problem -> {
            assertThat(problem.message()).isEqualTo("there is no ready fault `NF-020`");
            assertThat(problem.label()).startsWith("did you mean `NF-00");
        });
        var several = Documents.refused(
                Documents.SMALL.replace("id: F1, latency: 500ms, jitter: 100ms,", "use: stress-combined,"));
        assertThat(several).anySatisfy(problem -> assertThat(problem.message()).contains("is several faults"));
    }

    @Test
    void theSchemaHasTheKeysOfTheReaderEachWithADescription() {
        keysAgree(DOCUMENT, Keys.FAULT_FILE);
        keysAgree(DOCUMENT.at("/definitions/fault"), Keys.FAULT_PART);
        var kinds = StreamSupport.stream(
                        DOCUMENT.at("/definitions/fault/properties/kind/enum").spliterator(), false)
                .map(JsonNode::asText);
        assertThat(kinds)
                .containsExactlyElementsOf(Arrays.stream(FaultKind.values())
                        .map(FaultKind::published)
                        .toList());
    }

    private static void keysAgree(JsonNode schema, Keys keys) {
        Set<String> names = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(new TreeSet<>(keys.allowed()));
        assertThat(StreamSupport.stream(schema.get("properties").spliterator(), false))
                .allMatch(property -> property.path("description").asText().length() > 5);
    }

    private static FaultFile good(String text) {
        return switch (FaultFileReader.read("test.yaml", text)) {
            case FaultFileReader.Result.Good(var file) -> file;
            case FaultFileReader.Result.Bad(var problems) ->
                throw new AssertionError(
                        problems.stream().map(DocumentProblem::message).collect(Collectors.joining("\n")));
        };
    }

    private static List<DocumentProblem> problems(String text) {
        return FaultFileReader.read("test.yaml", text) instanceof FaultFileReader.Result.Bad(var problems)
                ? problems
                : List.of();
    }

    private static List<String> complaints(String text) {
        var problems = new Problems();
        var tree = YamlTree.read(Source.of("test.yaml", text), problems);
        try {
            return SCHEMA.validate(JSON.readTree(JsonText.of(tree.orElseThrow()))).stream()
                    .map(Object::toString)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
