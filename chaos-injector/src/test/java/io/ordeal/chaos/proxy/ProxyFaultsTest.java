package io.ordeal.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.Fault;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.ResourceFault;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.policy.InjectorConfiguration;
import io.ordeal.chaos.table.ProxyFixture;
import io.ordeal.schemas.fault.Facet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault of a proxy, as the injector does and sees it.
class ProxyFaultsTest {
    private static final Duration ZERO = Duration.ZERO;

    private ProxyFixture service;
    private ProxyInjections injections;

    @BeforeEach
    void start() throws IOException {
        service = new ProxyFixture();
        var targets = InjectorConfiguration.parse("test.yaml", "targets:\n" + service.targets());
        injections = ProxyInjections.start(targets.targets(), InstantSource.system());
        Awaitility.await().until(injections::ready);
    }

    @AfterEach
    void stop() {
        injections.close();
        service.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new TrafficFault.Loss(Direction.BOTH, 0.2, millis(60), 1),
                new TrafficFault.Loss(Direction.DOWNSTREAM, 0.01, millis(30), 0.5),
                new TrafficFault.Refuse(1),
                new TrafficFault.Refuse(0.5),
                new TrafficFault.Timeout(Direction.BOTH, millis(150), 1),
                new TrafficFault.Timeout(Direction.UPSTREAM, ZERO, 1),
                new TrafficFault.SlowClose(Direction.BOTH, millis(80), 1),
                new TrafficFault.Slice(Direction.BOTH, 100, 20, millis(20), 1),
                new TrafficFault.Slice(Direction.DOWNSTREAM, 50, 0, ZERO, 1),
                new TrafficFault.LimitData(Direction.DOWNSTREAM, 10_000, 1),
                new TrafficFault.LimitData(Direction.UPSTREAM, 0, 1),
                new TrafficFault.LimitData(Direction.BOTH, 3_000_000, 1),
                new TrafficFault.HttpStatus(507, 0.01, 0.5),
                new TrafficFault.HttpDelay(millis(80), 1, 1),
                new TrafficFault.HttpCut(0, 1, 1),
                new TrafficFault.HttpCut(500_000, 1, 1),
                new ResourceFault.Connections(300));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isSeenToComeAndToGo(Fault fault) throws Exception {
        var injection = prepare(fault, 1);
        injection.act();
        assertThat(injection.see()).isNotEmpty();
        injection.revert();
        injection.revert();
        assertThat(injection.seeGone()).isNotEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(service.left()).isEmpty());
    }

    static Stream<Fault> combinable() {
        return Stream.of(
                new TrafficFault.Latency(Direction.BOTH, millis(100), ZERO, 1, ZERO),
                new TrafficFault.Bandwidth(Direction.BOTH, 20_000, 1, ZERO),
                new TrafficFault.SlowClose(Direction.BOTH, millis(60), 1),
                new TrafficFault.HttpStatus(503, 1, 1),
                new TrafficFault.LimitData(Direction.DOWNSTREAM, 1_000, 1));
    }

    @ParameterizedTest
    @MethodSource("combinable")
    void standsBesideAnotherWhicheverEndsFirst(Fault fault) throws Exception {
        var first = prepare(new TrafficFault.Latency(Direction.BOTH, millis(70), ZERO, 1, ZERO), 1);
        var second = prepare(fault, 2);
        for (boolean inOrder : new boolean[] {true, false}) {
            first = prepare(new TrafficFault.Latency(Direction.BOTH, millis(70), ZERO, 1, ZERO), 1);
            second = prepare(fault, 2);
            first.act();
            second.act();
            assertThat(first.see()).containsKey("rtt_during");
            assertThat(second.see()).isNotEmpty();
            var ends = inOrder ? new Injection[] {first, second} : new Injection[] {second, first};
            for (var injection : ends) {
                injection.revert();
                assertThat(injection.seeGone()).containsKey("rtt_after");
            }
        }
    }

    @Test
    void refusesNewConnectionsKeepsOpenOnesAndGetsItsPortBack() throws Exception {
        try (var open = connect()) {
            var refuse = prepare(new TrafficFault.Refuse(1), 1);
            refuse.act();
            assertThat(refuse.see()).containsEntry("new_connection", "refused");
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            open.getOutputStream().write(5);
            assertThat(open.getInputStream().read()).isEqualTo(5);
            refuse.revert();
            try (var after = connect()) {
                after.getOutputStream().write(6);
                assertThat(after.getInputStream().read()).isEqualTo(6);
            }
        }
    }

    @Test
    void tellsTheServiceNothingOfAClientThatDiesInAPartition() throws Exception {
        var client = connect();
        client.getOutputStream().write(5);
        assertThat(client.getInputStream().read()).isEqualTo(5);
        var partition = prepare(new TrafficFault.Partition(Direction.BOTH, 1), 1);
        partition.act();
        client.setSoLinger(true, 0);
        client.close();
        assertThat(partition.see()).containsKey("silence");
        assertThat(service.left()).contains("1 connections to the service");
        partition.revert();
        Awaitility.await().untilAsserted(() -> assertThat(service.left()).isEmpty());
        assertThat(partition.seeGone()).containsKey("held_data");
    }

    @Test
    void dropsDuringATimeoutAndClosesWhenItEnds() throws Exception {
        try (var client = connect()) {
            var timeout = prepare(new TrafficFault.Timeout(Direction.BOTH, ZERO, 1), 1);
            timeout.act();
            client.getOutputStream().write(new byte[100]);
            client.setSoTimeout(100);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(5_000);
            timeout.revert();
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    private Injection prepare(Fault fault, long seed) throws Exception {
        var plan = new FaultPlan(
                new FaultKey("run", "f" + seed),
                "command",
                "proxied",
                Facet.PROXY,
                fault,
                Duration.ofMinutes(1),
                Optional.empty());
        assertThat(injections.impossible(fault.kind(), Facet.PROXY, "proxied")).isEmpty();
        var injection = injections.prepare(plan, seed);
        assertThat(injection.steps()).isNotEmpty();
        assertThat(injection.undo().words()).isNotEmpty();
        return injection;
    }

    private Socket connect() throws IOException {
        var address = injections.listenAddress("proxied").orElseThrow();
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address.getAddress(), address.getPort()), 5_000);
        return socket;
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
