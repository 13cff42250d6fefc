package io.ordeal.campaign.read;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static io.ordeal.campaign.read.Documents.refused;
import static io.ordeal.campaign.read.Documents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.document.FaultEntry;
import io.ordeal.campaign.document.Guard;
import io.ordeal.campaign.document.Load;
import io.ordeal.campaign.document.Moment;
import io.ordeal.campaign.document.Phase;
import io.ordeal.campaign.document.Settings;
import io.ordeal.campaign.document.StepSpec;
import io.ordeal.campaign.document.Target;
import io.ordeal.schemas.fault.FaultKind;
import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignReaderTest {
    @Test
    void readsPhases() {
        assertThat(accepted(SMALL).phases())
                .containsExactly(
                        new Phase("warm-up", new Load.RampingUsers(0, 50), Duration.ofSeconds(10), false, 10_000),
                        new Phase("steady", new Load.Rate(500), Duration.ofSeconds(30), true, 10_000));
    }

    @Test
    void readsScenariosAndTheirSteps() {
        var campaign = accepted(SMALL);

        assertThat(campaign.scenarios())
                .extracting("name", "weight")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("browse", 3.0),
                        org.assertj.core.groups.Tuple.tuple("buy", 1.0));
        assertThat(campaign.scenarios().getFirst().think())
                .isEqualTo(new Think(ThinkKind.UNIFORM, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(campaign.scenarios().get(1).steps())
                .containsExactly(
                        StepSpec.of(
                                "order",
                                "POST",
                                "/orders",
                                Map.of("content-type", "application/json"),
                                "{\"sku\":\"A-1\",\"count\":2}",
                                Settings.DEFAULT_TIMEOUT,
                                new Check(List.of(200, 201), "")),
                        StepSpec.of(
                                "GET /orders",
                                "GET",
                                "/orders?last=1",
                                Map.of(),
                                "",
                                Settings.DEFAULT_TIMEOUT,
                                new Check(List.of(), "")));
    }

    @Test
    void readsFaults() {
        assertThat(accepted(SMALL).faults())
                .containsExactly(
                        new FaultEntry(
                                "F1",
                                FaultKind.LATENCY,
                                "sample-service",
                                new TreeMap<>(Map.of("latency", "500ms", "jitter", "100ms")),
                                new Moment(Optional.of("steady"), Duration.ofSeconds(10)),
                                Duration.ofSeconds(5),
                                1,
                                Duration.ZERO),
                        new FaultEntry(
                                "F2",
                                FaultKind.KILL,
                                "sample-service",
                                new TreeMap<>(),
                                new Moment(Optional.empty(), Duration.ofSeconds(30)),
                                Duration.ofSeconds(2),
                                1,
                                Duration.ZERO));
    }

    @Test
    void readsAFaultByItsKind() {
        var text = SMALL.replace(
                "{id: F2, kill: sample-service, at: 30s, for: 2s}",
                "{id: F2, kind: bandwidth, rate: 10KB/s, on: db, at: steady, for: 2s, fraction: 50%, ramp: 1s}");

        assertThat(accepted(text).faults().get(1))
                .isEqualTo(new FaultEntry(
                        "F2",
                        FaultKind.BANDWIDTH,
                        "db",
                        new TreeMap<>(Map.of("rate", "10KB/s")),
                        new Moment(Optional.of("steady"), Duration.ZERO),
                        Duration.ofSeconds(2),
                        0.5,
                        Duration.ofSeconds(1)));
    }

    @Test
    void namesObjectivesByTheirExpressionWhereTheyHaveNoName() {
        assertThat(accepted(SMALL).objectives())
                .extracting("name")
                .containsExactly(
                        "p95 < 500ms outside faults",
                        "errors of buy/order < 1% in steady outside faults",
                        "comes back");
    }

    @Test
    void readsGuards() {
        var guard = accepted(SMALL).guards().getFirst();

        assertThat(guard.objective().limit()).isEqualTo(0.5);
        assertThat(guard.trip()).isEqualTo(new Guard.Lasting(Duration.ofSeconds(10)));
    }

    @Test
    void readsSettings() {
        var text = SMALL + """
            seed: 7
            window: 500ms
            segments: 8
            timeout: 2s
            connect-timeout: 1s
            connections: {shared: 100}
            """;

        var campaign = accepted(text);

        assertThat(campaign.settings())
                .isEqualTo(new Settings(
                        7,
                        Duration.ofMillis(500),
                        8,
                        new Connections(ConnectionMode.SHARED, 100, Duration.ofSeconds(1))));
        assertThat(campaign.scenarios().get(1).steps().getFirst().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(campaign.scenarios().getFirst().steps().getFirst().timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "sample-service, sample-service",
        "api, api",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "https://shop.test/base, https://shop.test/base"
    })
    void readsTargets(String written, String text) {
        var target = accepted(SMALL.replace("target: sample-service", "target: " + written))
                .target();

        assertThat(target.text()).isEqualTo(text);
        assertThat(target)
                .isEqualTo(
                        written.contains("://")
                                ? new Target.Address(URI.create(written))
                                : written.equals("api") ? new Target.Injected("api") : new Target.SampleService());
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, CONSTANT, 500, 500",
        "1s..3s, UNIFORM, 1000, 3000",
        "~1s, EXPONENTIAL, 1000, 10000",
        "0s, NONE, 0, 0"
    })
    void readsThinkTimes(String written, ThinkKind kind, long min, long max) {
        assertThat(accepted(SMALL.replace("think: 1s..3s", "think: " + written))
                        .scenarios()
                        .getFirst()
                        .think())
                .isEqualTo(new Think(kind, Duration.ofMillis(min), Duration.ofMillis(max)));
    }

    @Test
    void sendsYamlBodiesAsJsonAndTextAsItStands() {
        var text = SMALL.replace("body: {sku: A-1, count: 2}", "body: {a: [1, 1.50, true, null, \"2\"], b: {c: no}}");
        assertThat(accepted(text).scenarios().get(1).steps().getFirst().body())
                .isEqualTo("{\"a\":[1,1.50,true,null,\"2\"],\"b\":{\"c\":\"no\"}}");
        var plain = SMALL.replace("body: {sku: A-1, count: 2}", "body: 'a=1&b=2'");
        assertThat(accepted(plain).scenarios().get(1).steps().getFirst().headers())
                .isEmpty();
    }

    @Test
    void readsStatusClasses() {
        var text = SMALL.replace("status: [200, 201]", "status: [2xx, 404]");
        assertThat(accepted(text).scenarios().get(1).steps().getFirst().check().statuses())
                .hasSize(101)
                .contains(200, 299, 404);
    }

    @Test
    void reportsEveryProblemAtOnceInTheOrderOfTheDocument() {
        var text = SMALL.replace("for: 30s", "durration: 30s")
                .replace("rate: 500/s", "rate: 500")
                .replace("at: steady + 10s", "at: stedy + 10s")
                .replace("p95 < 500ms", "p95 < fast")
                .replace("think: 1s..3s", "think: 3s..1s");

        assertThat(refused(text))
                .extracting(DocumentProblem::code)
                .containsExactly(
                        Code.OUT_OF_RANGE, Code.MALFORMED, Code.UNKNOWN_KEY, Code.UNKNOWN_NAME, Code.MALFORMED);
    }

    @Test
    void showsAProblemWithItsLineAndACaret() {
        var text = """
            name: shop
            target: http://127.0.0.1:8080
            scenarios: {browse: {steps: [{get: /items}]}}
            phases:
              - name: steady
                rate: 4000/s
                durration: 16m
            objectives: [errors < 1%]
            """;

        assertThat(shown(text)).isEqualTo("""
            error[E101]: unknown key `durration` in phase `steady`
             --> test.yaml:7:5  at /phases/0/durration
              |
            7 |     durration: 16m
              |     ^^^^^^^^^ did you mean `for`?
              |
              = allowed here: name, users, rate, arrivals, iterations, for, over, step,
                        every, poisson, max-in-flight, judged, until

            1 error in test.yaml; nothing was started (exit 104)\
            """);
    }

    @Test
    void showsBothPlacesOfAKeyGivenTwice() {
        assertThat(shown(SMALL + "name: twice\n")).isEqualTo("""
            error[E002]: `name` is given twice
              --> test.yaml:25:1  at /name
               |
             1 | name: small
               | ---- first here
            ...
            25 | name: twice
               | ^^^^ again here

            1 error in test.yaml; nothing was started (exit 104)\
            """);
    }

    @Test
    void showsBothPlacesOfAnIdGivenTwice() {
        assertThat(shown(SMALL.replace("id: F2", "id: F1")))
                .contains("error[E202]: two faults are called `F1`", "first here", "again here");
    }

    @Test
    void reportsSyntaxErrorsAlone() {
        assertThat(refused("name: a\n\ttarget: b\nphases: ["))
                .extracting(DocumentProblem::code)
                .containsExactly(Code.SYNTAX);
        assertThat(refused("")).extracting(DocumentProblem::code).containsExactly(Code.SYNTAX);
    }

    @Test
    void refusesAliasCyclesMergeKeysAndAliasBombs() {
        assertThat(refused(SMALL + "x-a: &a [*a]\n"))
                .extracting(DocumentProblem::code)
                .contains(Code.UNSUPPORTED);
        assertThat(refused(SMALL + "x-a: &a {b: 1}\nx-c: {<<: *a}\n"))
                .extracting(DocumentProblem::message)
                .containsExactly("merge keys are not read");
        var bomb = "x0: &x0 [a]\n";
        for (int i = 1; i < 20; i++) {
            bomb += "x%d: &x%d [*x%d,*x%d,*x%d,*x%d,*x%d,*x%d,*x%d,*x%d]\n"
                    .replace("%d]", (i - 1) + "]")
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        }
        assertThat(refused(bomb)).isNotEmpty();
    }

    @Test
    void readsAliasesOfWholeValues() {
        var text = SMALL.replace("check: {status: 200, contains: sku}", "check: *ok") + "x-ok: 1\n";
        assertThat(accepted("x-check: &ok {status: 200}\n" + text)
                        .scenarios()
                        .getFirst()
                        .steps()
                        .getFirst()
                        .check())
                .isEqualTo(new Check(List.of(200), ""));
    }

    @Test
    void toleratesNothingThatItWouldNotDo() {
        assertThat(refused(SMALL.replace("sku: A-1", "sku: \"${sku}\"")))
                .extracting(DocumentProblem::message)
                .containsExactly("there is no variable `sku` here");
    }

    @Test
    void overridesValuesByPathAndByName() {
        var campaign = accepted(
                SMALL,
                "phases.1.rate=800/s",
                "faults.F1.for=2s",
                "seed=42",
                "/scenarios/browse/weight=5",
                "objectives.3=throughput > 1/s",
                "scenarios.buy.steps.0.body={a: 1}");

        assertThat(campaign.phases().get(1).load()).isEqualTo(new Load.Rate(800));
        assertThat(campaign.faults().getFirst().duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(campaign.settings().seed()).isEqualTo(42);
        assertThat(campaign.scenarios().getFirst().weight()).isEqualTo(5);
        assertThat(campaign.objectives()).hasSize(4);
        assertThat(campaign.scenarios().get(1).steps().getFirst().body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void showsProblemsOfOverridesInTheirOwnText() {
        assertThat(shown(SMALL, "phases.1.rate=fast", "phases.7.rate=1/s", "phases.1.rat=1/s", "nonsense"))
                .isEqualTo("""
                    error[E301]: `nonsense` is no override; write for instance `phases.0.for=10s`
                     --> --set:1:1
                      |
                    1 | nonsense
                      | ^^^^^^^^

                    error[E301]: there is no `phases.7`: `phases` has 2 items, 0 to 1
                     --> --set:1:8  at /phases/7/rate
                      |
                    1 | phases.7.rate=1/s
                      |        ^

                    error[E101]: unknown key `rat` in phase `steady`
                     --> --set:1:10  at /phases/1/rat
                      |
                    1 | phases.1.rat=1/s
                      |          ^^^ did you mean `rate`?
                      |
                      = allowed here: name, users, rate, arrivals, iterations, for, over, step,
                                every, poisson, max-in-flight, judged, until

                    error[E104]: `fast` is no rate; write for instance `500/s`
                     --> --set:1:15  at /phases/1/rate
                      |
                    1 | phases.1.rate=fast
                      |               ^^^^

                    4 errors in test.yaml; nothing was started (exit 104)\
                    """);
    }

    @Test
    void readsTheSameCampaignEveryTime() {
        assertThat(accepted(SMALL)).isEqualTo(accepted(SMALL));
    }
}
