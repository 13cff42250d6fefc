package io.ordeal.chaos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The reader and the schema for editors say the same.
class ConfigurationSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(DOCUMENT);
    private static final Pattern FENCED = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static final String WHOLE = """
        limits: {max-duration: 5m, faults-at-once: 3, targets-at-once: 2, lease: 20s}
        protected-ports: [9092, 8080]
        protected-paths: [/var/lib/kafka]
        quiet-hours:
          - {from: "22:00", to: "06:00", days: [friday, Saturday], zone: Europe/Berlin}
        targets:
          api:
            proxy: {listen: "0.0.0.0:8666", upstream: "api:8081"}
            network: {namespace: red, device: eth0, ports: [8081], peers: [10.0.0.0/8, "::1"]}
            process:
              command: [java, -jar, service.jar, --port, 8081]
              directory: /srv
              environment: {PORT: 8081}
              ready: {http: "http://127.0.0.1:8081/health", timeout: 30s}
              moments:
                during-request: {output: "GET /items"}
                during-registration: {http: {url: "http://127.0.0.1:8081/state", matches: registering}}
                late: {file: {path: /var/log/api.log, matches: "late.*"}}
            allow: {kinds: [latency, kill], max-duration: 2m, max-latency: 5s, min-rate: 1KB/s, max-fraction: 50%}
          remote: {proxy: {toxiproxy: "http://127.0.0.1:8474", name: redis}}
          worker: {process: {pid-file: /run/worker.pid}}
          workers: {group: {members: [worker, api]}}
          box: {container: {name: box_1, engine: "tcp://10.0.0.1:2375"}}
          slice: {cgroup: {path: system/api.slice}}
          host: {host: {}, allow: {max-load: 80%, max-cores: 1, max-memory: 0.9, min-memory: 64MB}}
          data: {directory: {path: /srv/data, reserve: 1GB}}
          card: {gpu: {device: 0, reserve: 256MB, library: /usr/lib/libcuda.so.1}}
        """;

    private static JsonNode document() {
        try (var in = Objects.requireNonNull(
                InjectorConfiguration.class.getResourceAsStream("/io/ordeal/chaos/chaos-injector-v1.json"))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theWholeDocumentIsGoodForBoth() {
        assertThat(complaints(WHOLE)).isEmpty();
        assertThat(problems(WHOLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "limits: | limit:",
                "max-duration: 5m, | max-duration: soon,",
                "faults-at-once: 3 | faults-at-once: 0",
                "targets-at-once: 2 | targets-at-once: many",
                "lease: 20s | lease: 20",
                "[9092, 8080] | [99999]",
                "[/var/lib/kafka] | [kafka]",
                "from: '22:00' | from: ten",
                "from: '22:00', | ",
                "[friday, Saturday] | [someday]",
                "zone: | zoe:",
                "box: | 'a box':",
                "upstream: 'api:8081' | upstream: api",
                "listen: '0.0.0.0:8666' | listen: everywhere",
                "listen: '0.0.0.0:8666' | toxiproxy: 'http://x:1', name: y",
                "namespace: red | namespace: ../red",
                "device: eth0 | device: 'eth 0'",
                "ports: [8081] | ports: [0]",
                "peers: [10.0.0.0/8, '::1'] | peers: [everybody]",
                "{namespace: red, device: eth0, ports: [8081], peers: [10.0.0.0/8, '::1']} | {}",
                "command: [java, -jar, service.jar, --port, 8081] | command: []",
                "command: [java, -jar, service.jar, --port, 8081] | pid-file: /x",
                "http: 'http://127.0.0.1:8081/health' | http: 'ftp://x'",
                "timeout: 30s | timeout: ever",
                "{output: 'GET /items'} | {}",
                "{output: 'GET /items'} | {output: x, file: {path: /x, matches: y}}",
                "url: 'http://127.0.0.1:8081/state' | url: 'state'",
                "path: /var/log/api.log | path: api.log",
                "path: /var/log/api.log, matches: 'late.*' | path: /var/log/api.log",
                "kinds: [latency, kill] | kinds: [meteor]",
                "max-latency: 5s | max-latency: fast",
                "min-rate: 1KB/s | min-rate: 1KB",
                "max-fraction: 50% | max-fraction: half",
                "max-fraction: 50% | max-anything: 50%",
                "name: redis | listen: ':1'",
                "members: [worker, api] | members: []",
                "{name: box_1, engine: 'tcp://10.0.0.1:2375'} | {name: 'box 1'}",
                "engine: 'tcp://10.0.0.1:2375' | engine: here",
                "path: system/api.slice | path: ../system",
                "max-cores: 1 | max-cores: 0",
                "max-memory: 0.9 | max-memory: 9",
                "host: {}, allow | host: {all: true}, allow",
                "path: /srv/data | path: data",
                "reserve: 1GB | reserve: some",
                "device: 0 | device: first",
                "library: /usr/lib/libcuda.so.1 | library: libcuda.so.1"
            })
    void whatIsWrongIsWrongForBoth(String good, String bad) {
        var text = WHOLE.replace(good.replace('\'', '"'), bad == null ? "" : bad.replace('\'', '"'));
        assertThat(text).isNotEqualTo(WHOLE);
        assertThat(complaints(text)).as("schema: %s", bad).isNotEmpty();
        assertThat(problems(text)).as("reader: %s", bad).isNotEmpty();
    }

    @Test
    void theSchemaHasTheKindsTheFacetsAndTheBoundsOfTheReader() {
        var kinds = DOCUMENT.at("/definitions/target/properties/allow/properties/kinds/items/enum");
        assertThat(StreamSupport.stream(kinds.spliterator(), false).map(JsonNode::asText))
                .containsExactlyElementsOf(Arrays.stream(FaultKind.values())
                        .map(FaultKind::published)
                        .toList());
        assertThat(keys("/definitions/target"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(FacetReader.KEYS.stream(), Stream.of("allow"))
                        .toList());
        assertThat(keys("/definitions/target/properties/allow"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("kinds", "max-duration"),
                                Arrays.stream(Bound.values()).map(Bound::published))
                        .toList());
    }

    @Test
    void everyKeyOfTheSchemaIsDescribed() {
        assertThat(DOCUMENT.findValues("properties"))
                .allSatisfy(properties -> assertThat(properties)
                        .allSatisfy(property -> assertThat(
                                        property.path("description").asText())
                                .as("%s", property)
                                .hasSizeGreaterThan(5)));
    }

    static Stream<String> documented() throws IOException {
        try (var pages = Files.list(Path.of("../docs"))) {
            return pages
                    .filter(page -> page.getFileName().toString().matches("(chaos-|faults).*\\.md"))
                    .map(ConfigurationSchemaTest::text)
                    .flatMap(text -> FENCED.matcher(text).results().map(found -> found.group(1)))
                    .filter(text -> text.contains("targets:"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documented")
    void everyConfigurationInTheDocumentationIsGoodForBoth(String text) {
        assertThat(complaints(text)).isEmpty();
        assertThat(problems(text)).isEmpty();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> keys(String pointer) {
        var names = new TreeSet<String>();
        DOCUMENT.at(pointer).get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> complaints(String text) {
        var value = new Load(LoadSettings.builder().build()).loadFromString(text);
        return SCHEMA.validate(JSON.valueToTree(value)).stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> problems(String text) {
        try {
            InjectorConfiguration.parse("test.yaml", text);
            return List.of();
        } catch (InvalidConfiguration e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }
}
