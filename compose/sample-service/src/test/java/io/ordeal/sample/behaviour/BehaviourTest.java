package io.ordeal.sample.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class BehaviourTest {

    @Test
    void theDefaultsAreValidAndInjectNothing() throws IOException {
        Behaviour behaviour = valid("{}");
        assertThat(behaviour.rateLimit().isOn()).isFalse();
        assertThat(behaviour.of(Operation.QUERY))
                .isEqualTo(new OperationBehaviour(new Latency.Constant(0), 0, 500, 2000, 8000));
    }

    @Test
    void anOperationDiffersOnlyInWhatIsSaid() throws IOException {
        Behaviour behaviour = valid("""
            {"default": {"latency": 5, "errorRate": 0.5},
             "operations": {"query": {"latency": {"distribution": "lognormal", "medianMs": 20, "p99Ms": 80}}}}
            """);
        assertThat(behaviour.of(Operation.QUERY).latency()).isEqualTo(new Latency.LogNormal(20, 80));
        assertThat(behaviour.of(Operation.QUERY).errorRate()).isEqualTo(0.5);
        assertThat(behaviour.of(Operation.SEARCH).latency()).isEqualTo(new Latency.Constant(5));
    }

    @Test
    void readsEveryDistribution() throws IOException {
        Map<String, Latency> latencies = Map.of(
                "{\"distribution\":\"constant\",\"ms\":3}", new Latency.Constant(3),
                "{\"distribution\":\"uniform\",\"minMs\":1,\"maxMs\":2}", new Latency.Uniform(1, 2),
                "{\"distribution\":\"normal\",\"meanMs\":9,\"stddevMs\":2}", new Latency.Normal(9, 2),
                "{\"distribution\":\"lognormal\",\"medianMs\":9,\"p99Ms\":10}", new Latency.LogNormal(9, 10),
                "{\"distribution\":\"exponential\",\"meanMs\":4.5}", new Latency.Exponential(4.5));
        for (Map.Entry<String, Latency> each : latencies.entrySet()) {
            Behaviour behaviour = valid("{\"model\":{\"latency\":" + each.getKey() + "}}");
            assertThat(behaviour.model().latency()).isEqualTo(each.getValue());
        }
    }

    @Test
    void namesAllProblemsAtOnceWithPlaceValueAndRemedy() throws IOException {
        assertThat(problems("""
            {"default": {"errorRate": 2, "latncy": 1},
             "operations": {"query": {"queue": -1}, "health": {}, "inference": 3},
             "model": {"latency": {"distribution": "gauss"}},
             "breaker": {"window": 5, "minimumCalls": 6},
             "rateLimit": {"perMinute": "many", "burst": null}}
            """))
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).isEqualTo("default.errorRate: 2 is not a number from 0 to 1"),
                        it -> assertThat(it).startsWith("default.latncy: unknown; known here are latency"),
                        it -> assertThat(it).startsWith("operations.query.queue: -1 is not a whole number"),
                        it -> assertThat(it).startsWith("operations.health: unknown"),
                        it -> assertThat(it).isEqualTo("operations.inference: 3 is not an object"),
                        it -> assertThat(it)
                                .isEqualTo("model.latency.distribution: 'gauss' is not constant, uniform, normal,"
                                        + " lognormal or exponential"),
                        it -> assertThat(it).isEqualTo("breaker.minimumCalls: 6 is not a whole number from 1 to 5"),
                        it -> assertThat(it).startsWith("rateLimit.perMinute: 'many' is not a whole number"),
                        it -> assertThat(it)
                                .isEqualTo("rateLimit.burst: missing; give a whole number from 1 to 1000000"));
    }

    private static Behaviour valid(String patch) throws IOException {
        assertThat(read(patch)).isInstanceOf(Behaviour.Valid.class);
        return ((Behaviour.Valid) read(patch)).behaviour();
    }

    private static List<String> problems(String patch) throws IOException {
        assertThat(read(patch)).isInstanceOf(Behaviour.Invalid.class);
        return ((Behaviour.Invalid) read(patch)).problems();
    }

    private static Behaviour.Reading read(String patch) throws IOException {
        try (InputStream in = Behaviour.class.getResourceAsStream("behaviour.json")) {
            String defaults = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Behaviour.read(MergePatch.merge(new JsonObject(defaults).getMap(), new JsonObject(patch).getMap()));
        }
    }
}
