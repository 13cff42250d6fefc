package io.ordeal.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.proxy.ProxyInjections;
import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The injector at a Toxiproxy server that is not its own.
class RemoteProxiesTest {
    private TestServer server;
    private RemoteProxies proxies;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.send("POST", "/proxies", "{\"name\":\"api\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"ECHO\"}");
        var targets = InjectorConfiguration.parse(
                        "test.yaml", "targets:\n  far: {proxy: {toxiproxy: \"" + server.api() + "\", name: api}}\n")
                .targets();
        var clock = InstantSource.system();
        proxies = new RemoteProxies(targets, ProxyInjections.start(targets, clock), clock);
    }

    @AfterEach
    void stop() throws IOException {
        proxies.close();
        server.close();
    }

    static Stream<Fault> faults() {
        var both = Direction.BOTH;
        return Stream.of(
                new TrafficFault.Latency(both, millis(100), millis(10), 0.5, Duration.ZERO),
                new TrafficFault.Bandwidth(Direction.UPSTREAM, 50_000, 1, Duration.ZERO),
                new TrafficFault.Partition(both, 1),
                new TrafficFault.Reset(1),
                new TrafficFault.Timeout(both, millis(0), 1),
                new TrafficFault.SlowClose(Direction.DOWNSTREAM, millis(10), 1),
                new TrafficFault.Slice(both, 100, 10, millis(1), 1),
                new TrafficFault.LimitData(Direction.DOWNSTREAM, 100, 1));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void makesToxicsSeesThemAndTakesThemBack(Fault fault) throws Exception {
        var injection = prepare(fault, 7);
        assertThat(injection.steps()).isNotEmpty().allMatch(step -> step.startsWith("POST http://"));
        injection.act();
        assertThat(injection.see()).containsKeys("seen_by", "connect_during");
        assertThat(toxics()).contains("ordeal-7-");
        injection.revert();
        injection.revert();
        assertThat(injection.seeGone()).containsKey("connect_after");
        assertThat(toxics()).isEqualTo("[]");
    }

    @Test
    void leavesTheToxicsOfOthersAlone() throws Exception {
        server.send("POST", "/proxies/api/toxics", "{\"type\":\"latency\",\"name\":\"theirs\"}");
        var injection = prepare(new TrafficFault.Partition(Direction.BOTH, 1), 1);
        injection.act();
        injection.undo().perform();
        assertThat(injection.undo().done()).isTrue();
        assertThat(toxics()).contains("theirs").doesNotContain("ordeal");
    }

    @Test
    void isUndoneHalfDoneAndBeforeItIsDone() throws Exception {
        var injection = prepare(new TrafficFault.Partition(Direction.BOTH, 1), 1);
        injection.undo().perform();
        // The second of its two toxics is there already: the act fails half way.
        server.send("POST", "/proxies/api/toxics", "{\"type\":\"noop\",\"name\":\"ordeal-1-downstream\"}");
        assertThatThrownBy(injection::act).isInstanceOf(InjectionFailed.class).hasMessageContaining("409");
        injection.revert();
        assertThat(toxics()).isEqualTo("[]");
    }

    @Test
    void doesNotBelieveThatAToxicIsGoneWhereNobodyAnswers() throws Exception {
        var injection = prepare(new TrafficFault.Reset(1), 1);
        injection.act();
        server.close();
        assertThatThrownBy(injection::revert).isInstanceOf(InjectionFailed.class);
        assertThatThrownBy(injection::seeGone).isInstanceOf(InjectionFailed.class);
        assertThatThrownBy(() -> injection.undo().done()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysWhatToxiproxyCannotDo() {
        for (var kind : new FaultKind[] {FaultKind.LOSS, FaultKind.REFUSE, FaultKind.HTTP_CUT, FaultKind.CONNECTIONS}) {
            assertThat(proxies.impossible(kind, Facet.PROXY, "far")).contains("Toxiproxy has no " + kind.published());
        }
        assertThatThrownBy(() -> prepare(new TrafficFault.Bandwidth(Direction.BOTH, 10, 1, Duration.ZERO), 1))
                .isInstanceOf(InjectionFailed.class);
        assertThat(proxies.mechanisms()).anyMatch(mechanism -> mechanism.name().startsWith("toxiproxy"));
    }

    private Injection prepare(Fault fault, long seed) throws InjectionFailed {
        return proxies.prepare(
                new FaultPlan(
                        new FaultKey("run", "f"),
                        "command",
                        "far",
                        Facet.PROXY,
                        fault,
                        Duration.ofMinutes(1),
                        Optional.empty()),
                seed);
    }

    private String toxics() throws Exception {
        return server.send("GET", "/proxies/api/toxics", "").body();
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
