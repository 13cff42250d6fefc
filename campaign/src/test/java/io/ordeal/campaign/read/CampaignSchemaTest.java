package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.ordeal.campaign.plan.Planner;
import io.ordeal.campaign.plan.Planning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(DOCUMENT);

    private static JsonNode document() {
        try (InputStream in = Objects.requireNonNull(
                CampaignReader.class.getResourceAsStream("/io/ordeal/campaign/campaign-v1.json"))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> complaints(String text) {
        var problems = new Problems();
        var tree = YamlTree.read(Source.of("test.yaml", text), problems);
        assertThat(problems.sorted()).isEmpty();
        try {
            return SCHEMA.validate(JSON.readTree(JsonText.of(tree.orElseThrow()))).stream()
                    .map(Object::toString)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Path> catalogue() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/campaigns"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void everyCampaignOfTheCatalogueIsGoodForTheSchemaTheReaderAndThePlanner(Path file) throws IOException {
        var text = Files.readString(file);
        var campaign = accepted(text);

        assertThat(complaints(text)).isEmpty();
        assertThat(Planner.plan(campaign, 1)).isInstanceOf(Planning.Planned.class);
        assertThat(Path.of(campaign.name() + ".yaml")).isEqualTo(file.getFileName());
        assertThat(campaign.description()).isNotBlank();
    }

    @Test
    void theSmallCampaignIsGoodForBoth() {
        assertThat(complaints(SMALL)).isEmpty();
        assertThat(accepted(SMALL).name()).isEqualTo("small");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for: 30s | durration: 30s",
                "for: 30s | for: 30",
                "rate: 500/s | rate: 500",
                "rate: 500/s | rate: 500/s -> 1/s -> 2/s",
                "rate: 500/s | users: 50, rate: 500/s",
                "users: 0 -> 50 | users: many",
                "name: steady, | ",
                "judged: false | judged: 'no'",
                "name: small | name: two words",
                "target: sample-service | target: ftp://x",
                "target: sample-service | hosts: sample-service",
                "weight: 3 | weight: 0",
                "weight: 3 | start: 1s",
                "weight: 3 | load: {rate: 1/s, for: 1s, name: x}",
                "weight: 3 | tags: gold",
                "rate: 500/s | users: 50, poisson: true",
                "rate: 500/s | users: 50, max-in-flight: 5",
                "rate: 500/s | rate: 500/s, iterations: 5 each",
                "rate: 500/s | users: 5, iterations: 5",
                "rate: 500/s | users: 5 -> 10, iterations: 5 each, step: 1, every: 1s",
                "rate: 500/s | users: 5 at twice",
                "rate: 500/s | rate: 100/s -> 500/s, step: 100/s",
                "rate: 500/s | rate: 100/s, step: 100/s, every: 2s",
                "rate: 500/s | rate: 100/s -> 500/s, until: p95 > 1s",
                "rate: 500/s | arrivals: 5, step: 1, every: 1s",
                "rate: 500/s | arrivals: some",
                "rate: 500/s | judged: true",
                "think: 1s..3s | think: a while",
                "get: /items, | get: items,",
                "get: /items, | get: /items, post: /items,",
                "get: /items, | url: /items,",
                "status: 200 | status: fine",
                "status: 200 | status: 99",
                "timeout: 3s | timeout: 3",
                "latency: 500ms | latency: slow",
                "latency: 500ms | lag: 500ms",
                "latency: 500ms, | latency: 500ms, reset: sample-service,",
                "at: steady + 10s | at: steady + later",
                "for: 5s | during: 5s",
                "id: F1, | ",
                "jitter: 100ms | direction: sideways",
                "latency: 500ms, | use: NF-002, kind: latency, latency: 1s,",
                "id: F1, latency: 500ms | use: two words",
                "kill: sample-service | kind: arson",
                "- p95 < 500ms outside faults | - fast < 500ms",
                "- p95 < 500ms outside faults | - p95 under 500ms",
                "- errors < 50% for 10s | - errors < 50% for a while",
                "- errors < 50% for 10s | - errors < 50% burns < 14",
                "- errors < 50% for 10s | - errors < 50% in steady for 10s",
                "- errors < 50% for 10s | - recovery < 5s for 10s",
                "- errors < 50% for 10s | - cpu < 90% on any for 10s",
                "- p95 < 500ms outside faults | - warn",
                "- p95 < 500ms outside faults | - p95 < 500ms outside storms",
                "- p95 < 500ms outside faults | - p95 < 500ms tagged gold",
                "- p95 < 500ms outside faults | - p95 < 500ms with few requests",
                "- p95 < 500ms outside faults | - heat < 80%",
                "- p95 < 500ms outside faults | - {openslo: slo.yaml, name: x}",
                "get: /items, | websocket: items,",
                "get: /items, timeout: 3s, | drop: gently,",
                "get: /items, timeout: 3s, check: {status: 200, contains: sku} | events: {fetch: /items}",
                "name: small | name: small ~~ connections: {streams: 50}",
                "name: small | name: small ~~ connections: {shared: 5, protocol: http3}",
                "name: small | name: small ~~ connections: {churn: 0}",
                "name: small | name: small ~~ connections: {storm: often}",
                "name: small | name: small ~~ tls: {trust-all: true}",
                "target: sample-service | target: https://shop.test ~~ tls: {key: c.key}",
                "target: sample-service | target: https://shop.test ~~ tls: {authorities: a, trust-all: true}",
                "expect: recovery < 10s | wish: recovery < 10s",
                "weight: 3 | pace: fast",
                "weight: 3 | cookies: all",
                "weight: 3 | auth: {bearer: s3cret}",
                "weight: 3 | auth: {basic: {user: SHOP_USER}}",
                "timeout: 3s | retry: 0",
                "timeout: 3s | retry: {on: [teapot]}",
                "timeout: 3s | retry: {jitter: 2}",
                "timeout: 3s | extract: {token: token}",
                "timeout: 3s | extract: {token: {json: $.a, header: b}}",
                "timeout: 3s | extract: {'a b': $.a}",
                "timeout: 3s | think: sometimes",
                "status: 200 | size: big",
                "status: 200 | within: soon",
                "status: 200 | json: {state: done}",
                "name: small | name: small ~~ feeders: {a: {order: sequential}}",
                "name: small | name: small ~~ feeders: {a: {rows: [{user: x}], order: backwards}}"
            })
    void whatIsWrongIsWrongForBoth(String good, String bad) {
        var text = SMALL.replace(good, bad == null ? "" : bad.replace(" ~~ ", "\n"));

        assertThat(text).isNotEqualTo(SMALL);
        assertThat(complaints(text)).isNotEmpty();
        assertThat(Documents.refused(text)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for: 30s | over: 0.5m",
                "- errors < 50% for 10s | - errors < 50%",
                "- errors < 50% for 10s | - errors of buy < 50% for 0s",
                "- errors < 50% for 10s | - service p99.9 of buy/order < 2s with 20 requests for 5s",
                "- errors < 50% for 10s | - availability > 90% burns <= 5 over 1m",
                "- errors < 50% for 10s | - p95 < 2s burns < 14 over 30s",
                "- p95 < 500ms outside faults | - warn p99.9 slope of buy < 5ms/h outside faults",
                "- p95 < 500ms outside faults | - cpu < 80%",
                "- p95 < 500ms outside faults | - queue_depth < 100 on api per window",
                "- p95 < 500ms outside faults | - heap_after_gc slope < 5MB/h on any in steady",
                "- p95 < 500ms outside faults | - hit_ratio mean > 90% on cache after faults",
                "- p95 < 500ms outside faults | - time_to_trip < 5s",
                "- p95 < 500ms outside faults | - queue_drain < 2m after F1",
                "- p95 < 500ms outside faults | - availability >= 99.9% with 1_000 requests as budget",
                "rate: 500/s | rate: 30/m -> 1_000/s",
                "users: 0 -> 50 | users: 50",
                "users: 0 -> 50 | users: 50 at once",
                "users: 0 -> 50 | users: 5, iterations: 10 each",
                "users: 0 -> 50 | users: 5 at once, iterations: 1_000 shared",
                "users: 0 -> 50 | users: 10 -> 50, step: 10, every: 1s",
                "rate: 500/s | rate: 500/s -> 100/s, step: 100/s, every: 5s, poisson: true, until: p95 > 1s",
                "rate: 500/s | arrivals: 1000, poisson: true",
                "rate: 500/s | arrivals: 100 at once, max-in-flight: 200",
                "think: 1s..3s | think: ~1.5s",
                "status: 200 | status: [2xx, 404]",
                "on: sample-service, at: steady + 10s | on: db, at: 12s, fraction: 50%, ramp: 1s, direction: both",
                "latency: 500ms, jitter: 100ms | kind: cpu, load: 90%, cores: 2",
                "latency: 500ms, jitter: 100ms | bandwidth: 10KB/s",
                "id: F1, latency: 500ms, jitter: 100ms, | use: NF-002,",
                "id: F1, latency: 500ms, jitter: 100ms, | use: nf-002, id: slow, latency: 1s, fraction: 50%,",
                "target: sample-service | target: https://shop.test:8443/base",
                "name: small | name: small ~~ graceful-stop: 30s",
                "weight: 3 | pace: 100/min ~~     cookies: per-user ~~     auth: {basic: {user: A, password: B}}",
                "weight: 3 | pace: 600ms ~~     auth: {bearer: SHOP_TOKEN}",
                "timeout: 3s | retry: 5",
                "timeout: 3s | retry: {on: [429, 5xx, timeout], attempts: 5, backoff: 1s, factor: 1.5, cap: 9s,"
                        + " jitter: 0}",
                "timeout: 3s | extract: {a: $.a, b: {regex: 'b=(.)', or: none}}, measure: {ms: {header: x-ms}}, think:"
                        + " 1s",
                "status: 200 | matches: a+, json: {$.state: done, '$.n': 3}, size: 1B..2MB, within: 200ms",
                "status: 200 | json: $.state, size: ..2MB",
                "get: /items, | get: '/items/${random.uuid}?n=${random.int(1, 6)}',",
                "name: small | name: small ~~ feeders: {a: {rows: [{user: x}], order: random}}",
                "get: /items, timeout: 3s, check: {status: 200, contains: sku} | websocket: /rooms/1, timeout: 3s",
                "- {get: '/orders?last=1'} | - {send: {type: ping}} ~~       - {expect: pong} ~~       - close",
                "- {get: '/orders?last=1'} | - {expect: {contains: pong}, timeout: 1s} ~~       - {drop: , name: cut}",
                "- {get: '/orders?last=1'} | - {events: /generate} ~~       - {events: {post: /generate}, body: {a: 1},"
                        + " until: '[DONE]', token: token, check: {status: 200}}",
                "name: small | name: small ~~ connections: {shared: 10, protocol: http2, streams: 50, churn: 10, storm:"
                        + " every 30s}",
                "target: sample-service | target: https://shop.test ~~ tls: {authorities: ca.pem, certificate: c.pem,"
                        + " key: c.key, server-name: shop}",
                "name: small | name: small ~~ connections: {shared: 100} ~~ seed: 7 ~~ window: 500ms ~~ x-anchor: {a:"
                        + " 1}"
            })
    void whatIsGoodIsGoodForBoth(String before, String after) {
        var text = SMALL.replace(before.replace('\'', '"'), after.replace(" ~~ ", "\n"));

        assertThat(text).isNotEqualTo(SMALL);
        assertThat(complaints(text)).isEmpty();
        assertThat(accepted(text).phases()).hasSize(2);
    }

    @Test
    void theSchemaKnowsLoadsOfScenarios() {
        var own = SMALL.replace("weight: 3", "load: {rate: 1/s, for: 1s}\n    start: 0\n    tags: {a: 1}");
        var all = own.replace("  buy:\n", "  buy:\n    load: [{users: 5 at once, for: 1s}]\n");
        var spans = all.replace("users: 0 -> 50, ", "").replace("rate: 500/s, ", "");

        assertThat(complaints(own)).isEmpty();
        assertThat(complaints(own.replace("    start: 0", "    start: 0\n    weight: 3")))
                .isNotEmpty();
        assertThat(complaints(own.replace("rate: 500/s, ", ""))).isNotEmpty();
        assertThat(complaints(all)).isNotEmpty();
        assertThat(complaints(spans)).isEmpty();
    }

    @Test
    void theSchemaHasTheKeysOfTheReaderEachWithADescription() {
        keysAgree(DOCUMENT, Keys.CAMPAIGN);
        keysAgree(DOCUMENT.at("/properties/scenarios/additionalProperties"), Keys.SCENARIO);
        keysAgree(DOCUMENT.at("/definitions/step"), Keys.STEP);
        keysAgree(DOCUMENT.at("/definitions/step/properties/check"), Keys.CHECK);
        keysAgree(DOCUMENT.at("/definitions/phase"), Keys.PHASE);
        keysAgree(DOCUMENT.at("/definitions/load"), Keys.LOAD);
        keysAgree(DOCUMENT.at("/definitions/fault"), Keys.FAULT.with(List.of("rate", "load")));
        keysAgree(DOCUMENT.at("/properties/connections/oneOf/1"), Keys.CONNECTIONS);
        keysAgree(DOCUMENT.at("/properties/feeders/additionalProperties"), Keys.FEEDER);
        keysAgree(DOCUMENT.at("/definitions/extraction/oneOf/1"), Keys.EXTRACTION);
        keysAgree(DOCUMENT.at("/definitions/step/properties/retry/oneOf/1"), Keys.RETRY);
        keysAgree(DOCUMENT.at("/properties/scenarios/additionalProperties/properties/auth"), Keys.AUTH);
        keysAgree(
                DOCUMENT.at("/properties/scenarios/additionalProperties/properties/auth/properties/basic"), Keys.BASIC);
        keysAgree(DOCUMENT.at("/properties/tls"), Keys.TLS);
    }

    @Test
    void theSchemaKnowsMeasuresOfRequestsTagsAndDocumentsOfOpenSlo() {
        var measured = SMALL.replace("get: /items,", "get: /items, measure: {rows: $.n},")
                .replace("weight: 3", "weight: 3\n    tags: {tier: gold}")
                .replace("- p95 < 500ms outside faults", "- rows p50 of browse > 20 tagged tier=gold");
        assertThat(complaints(measured)).isEmpty();
        assertThat(accepted(measured).objectives()).hasSize(3);
        assertThat(complaints(SMALL.replace("- p95 < 500ms outside faults", "- {openslo: slo.yaml}")))
                .isEmpty();
    }

    private static void keysAgree(JsonNode schema, Keys keys) {
        Set<String> names = new TreeSet<>();
        schema.get("properties").fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(new TreeSet<>(keys.allowed()));
        assertThat(StreamSupport.stream(schema.get("properties").spliterator(), false))
                .allMatch(property -> property.path("description").asText().length() > 5);
    }
}
