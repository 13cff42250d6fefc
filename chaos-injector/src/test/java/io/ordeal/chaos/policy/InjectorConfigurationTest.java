package io.ordeal.chaos.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordeal.runtime.Problem;
import io.ordeal.schemas.fault.FaultKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class InjectorConfigurationTest {
    private static final String WHOLE = """
        limits: {max-duration: 5m, faults-at-once: 3, lease: 20s}
        protected-ports: [9092, 8080]
        targets:
          api:
            proxy: {listen: "0.0.0.0:8666", upstream: sample-service:8081}
            process:
              command: [java, -jar, service.jar]
              directory: /srv
              environment: {PORT: "8081"}
              ready: {http: "http://127.0.0.1:8081/health", timeout: 30s}
            allow: {kinds: [latency, kill], max-duration: 2m, max-latency: 5s, min-rate: 1KB/s, max-fraction: 50%}
          other:
            process: {pid-file: /run/other.pid}
          host:
            host: {}
            allow: {max-load: 80%, max-cores: 1}
        """;

    @Test
    void readsEveryKey() {
        var configuration = InjectorConfiguration.parse("chaos.yaml", WHOLE);
        var api = configuration.target("api").orElseThrow();
        assertThat(configuration.limits().faultsAtOnce()).isEqualTo(3);
        assertThat(configuration.limits().lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.limits().protectedPorts()).containsExactlyInAnyOrder(9092, 8080);
        assertThat(api.facet(ProxyFacet.class))
                .contains(new ProxyFacet.Own(new Address("0.0.0.0", 8666), new Address("sample-service", 8081)));
        assertThat(api.facet(ProcessFacet.class))
                .contains(new ProcessFacet.Supervised(
                        List.of("java", "-jar", "service.jar"),
                        Optional.of(Path.of("/srv")),
                        Map.of("PORT", "8081"),
                        Optional.of(new ProcessFacet.Readiness(
                                URI.create("http://127.0.0.1:8081/health"), Duration.ofSeconds(30))),
                        Map.of()));
        assertThat(api.kinds()).containsExactly(FaultKind.LATENCY, FaultKind.KILL);
        assertThat(api.allow().maxDuration()).isEqualTo(Duration.ofMinutes(2));
        assertThat(api.allow().limit(Bound.MIN_RATE)).isEqualTo(1000);
        assertThat(api.allow().limit(Bound.MAX_FRACTION)).isEqualTo(0.5);
        assertThat(configuration.target("other").orElseThrow().kinds())
                .contains(FaultKind.KILL, FaultKind.PAUSE)
                .doesNotContain(FaultKind.LATENCY);
        assertThat(configuration.target("host").orElseThrow().allow().limit(Bound.MAX_LOAD))
                .isEqualTo(0.8);
    }

    @Test
    void readsJson() {
        assertThat(InjectorConfiguration.parse("c.json", """
            {"targets": {"a": {"proxy": {"upstream": "h:1"}}}}\
            """).targets())
                .singleElement()
                .satisfies(target -> assertThat(target.kinds())
                        .contains(FaultKind.LATENCY, FaultKind.PARTITION, FaultKind.RESET, FaultKind.BANDWIDTH)
                        .doesNotContain(FaultKind.KILL));
    }

    @Test
    void listsEveryProblemWithLineAndPath() {
        var text = """
            limits: {max-duration: soon, colour: red}
            protected-ports: [9092]
            targets:
              api:
                proxy: {listen: here, upstream: "kafka:9092"}
                allow: {kinds: [kill, meteor], max-fraction: 200%}
              nothing: {}
              "bad name": {host: {}}
              web:
                process: {pid-file: /x, command: [a], ready: {http: "ftp://x"}}
            """;
        var thrown =
                catchThrowableOfType(InvalidConfiguration.class, () -> InjectorConfiguration.parse("chaos.yaml", text));
        assertThat(thrown.problems().stream().map(Problem::place))
                .containsExactlyInAnyOrder(
                        "chaos.yaml:1 limits.colour",
                        "chaos.yaml:1 limits.max-duration",
                        "chaos.yaml:5 targets.api.proxy.listen",
                        "chaos.yaml:5 targets.api.proxy.upstream",
                        "chaos.yaml:6 targets.api.allow.kinds",
                        "chaos.yaml:6 targets.api.allow.kinds",
                        "chaos.yaml:6 targets.api.allow.max-fraction",
                        "chaos.yaml:7 targets.nothing",
                        "chaos.yaml:8 targets.bad name",
                        "chaos.yaml:10 targets.web.process.command",
                        "chaos.yaml:10 targets.web.process.ready");
        assertThat(thrown).hasMessageContaining("chaos.yaml:1 limits.max-duration: is a time above 0");
    }

    @Test
    void saysWhereTextIsNoYaml() {
        assertThatThrownBy(() -> InjectorConfiguration.parse("c.yaml", "targets:\n  a: [1, 2"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("c.yaml:2: is not YAML");
    }

    @Test
    void refusesADocumentWithoutTargets() {
        assertThatThrownBy(() -> InjectorConfiguration.parse("c.yaml", "limits: {}"))
                .hasMessageContaining("targets: is missing");
        assertThatThrownBy(() -> InjectorConfiguration.parse("c.yaml", "")).hasMessageContaining("is empty");
    }

    @Property(tries = 2_000)
    void answersAnyTextWithAConfigurationOrProblems(@ForAll @StringLength(max = 200) String text) {
        try {
            assertThat(InjectorConfiguration.parse("c.yaml", text)).isNotNull();
        } catch (InvalidConfiguration e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }
}
