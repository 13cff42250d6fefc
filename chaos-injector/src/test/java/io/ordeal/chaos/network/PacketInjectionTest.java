package io.ordeal.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.FaultKey;
import io.ordeal.chaos.fault.FaultPlan;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.injection.Injection;
import io.ordeal.chaos.injection.InjectionFailed;
import io.ordeal.chaos.journal.Guard;
import io.ordeal.chaos.journal.Journal;
import io.ordeal.chaos.policy.NetworkFacet;
import io.ordeal.chaos.process.Marked;
import io.ordeal.schemas.fault.Facet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults on the packets of a namespace, seen by clients on the host and in it.
class PacketInjectionTest {
    private static final NetworkMeans MEANS = NetworkMeans.find();

    private final SmallNetwork network = network();
    private final Packets packets = new Packets(MEANS, InstantSource.system());

    /// A developer need not be root; `.ci/run` is, and counts what was skipped.
    private static SmallNetwork network() {
        Assumptions.assumeTrue(MEANS.nftables().isEmpty(), () -> "no nftables: " + MEANS.nftables());
        return new SmallNetwork();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void aPartitionSilencesThePortForEveryClientAndNoOtherPort() throws Exception {
        var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Partition(Direction.BOTH, 1));
        injection.act();
        assertThat(injection.see()).containsKeys("silence", "connect_before", "packets_hit");
        for (var address : List.of(network.address(), network.address6())) {
            assertSilent(address, SmallNetwork.PORT);
            assertEchoes(address, SmallNetwork.OTHER_PORT);
        }
        undo(injection);
        assertEchoes(network.address(), SmallNetwork.PORT);
    }

    @Test
    void aPartitionOfOneDirectionLetsTheOtherPass() throws Exception {
        for (var direction : List.of(Direction.UPSTREAM, Direction.DOWNSTREAM)) {
            try (var open = network.connect(network.address(), SmallNetwork.PORT, 1000)) {
                var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Partition(direction, 1));
                injection.act();
                assertThat(injection.see()).containsKey("silence");
                assertSilent(network.address(), SmallNetwork.PORT);
                open.getOutputStream().write(7);
                var held = network.inside("ss", "-t", "-n", "-H", "sport", "=", ":" + SmallNetwork.PORT);
                // What the service has sent and nobody acknowledges waits with it; what never came does not.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(2))
                        .until(() -> unacknowledged() == (direction == Direction.DOWNSTREAM));
                assertThat(held).contains("ESTAB");
                undo(injection);
                open.setSoTimeout(5000);
                assertThat(open.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    private boolean unacknowledged() {
        return network.inside("ss", "-t", "-n", "-H", "state", "established", "sport", "=", ":" + SmallNetwork.PORT)
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .anyMatch(words -> Integer.parseInt(words[1]) > 0);
    }

    @Test
    void lossDropsAboutTheirPartOfThePackets() throws Exception {
        var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Loss(Direction.BOTH, 0.3, ms(200), 1));
        injection.act();
        var evidence = injection.see();
        assertThat(evidence).containsKeys("loss_during", "packets_seen");
        undo(injection);
    }

    @Test
    void aResetEndsOpenConnectionsAndRefusesNewOnesAndSparesOtherPorts() throws Exception {
        try (var open = network.connect(network.address(), SmallNetwork.PORT, 1000);
                var other = network.connect(network.address(), SmallNetwork.OTHER_PORT, 1000)) {
            var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Reset(1));
            injection.act();
            assertThat(injection.see())
                    .containsEntry("open_connection", "reset")
                    .containsKeys("connections_closed", "connect_during");
            assertThatThrownBy(() -> open.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> network.connect(network.address(), SmallNetwork.PORT, 1000))
                    .isInstanceOf(ConnectException.class);
            assertEchoes(other);
            undo(injection);
        }
        assertEchoes(network.address(), SmallNetwork.PORT);
    }

    @Test
    void refusedAreNewConnectionsOnly() throws Exception {
        try (var open = network.connect(network.address6(), SmallNetwork.PORT, 1000)) {
            var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Refuse(1));
            injection.act();
            assertThat(injection.see().get("connect_during")).startsWith("refused");
            assertThatThrownBy(() -> network.connect(network.address6(), SmallNetwork.PORT, 1000))
                    .isInstanceOf(ConnectException.class);
            assertEchoes(open);
            undo(injection);
        }
    }

    @Test
    void bandwidthIsKeptByAQueueForWhatLeavesAndByAPolicerForWhatArrives() throws Exception {
        for (var direction : List.of(Direction.DOWNSTREAM, Direction.UPSTREAM)) {
            var injection =
                    prepare(ports(SmallNetwork.PORT), new TrafficFault.Bandwidth(direction, 200_000, 1, Duration.ZERO));
            injection.act();
            assertThat(injection.see()).containsKey("means");
            assertThat(rate(SmallNetwork.PORT, 600_000))
                    .as(direction.published())
                    .isLessThan(400_000);
            assertThat(rate(SmallNetwork.OTHER_PORT, 600_000)).isGreaterThan(2_000_000);
            undo(injection);
        }
    }

    @Test
    void twoFaultsOnOneDeviceAreUndoneInEitherOrder() throws Exception {
        for (boolean firstFirst : new boolean[] {true, false}) {
            var one = prepare(
                    ports(SmallNetwork.PORT), new TrafficFault.Bandwidth(Direction.BOTH, 300_000, 1, Duration.ZERO));
            var two = prepare(
                    ports(SmallNetwork.OTHER_PORT),
                    new TrafficFault.Bandwidth(Direction.BOTH, 300_000, 1, Duration.ZERO));
            one.act();
            two.act();
            one.see();
            two.see();
            (firstFirst ? one : two).revert();
            assertThat(network.inside("tc", "qdisc", "show", "dev", "eth0")).contains("htb");
            (firstFirst ? two : one).revert();
            assertThat(left()).isEmpty();
            one.seeGone();
            two.seeGone();
        }
    }

    @Test
    void onlyPeersThatAreNamedAreMet() throws Exception {
        var stranger = new NetworkFacet(
                Optional.of(network.name()), Optional.empty(), Set.of(SmallNetwork.PORT), List.of("192.0.2.0/24"));
        var none = prepare(stranger, new TrafficFault.Partition(Direction.BOTH, 1));
        none.act();
        assertEchoes(network.address(), SmallNetwork.PORT);
        undo(none);
        var host = new NetworkFacet(
                Optional.of(network.name()),
                Optional.of("eth0"),
                Set.of(),
                List.of(network.hostAddress(), "fd53::/16"));
        var all = prepare(host, new TrafficFault.Partition(Direction.BOTH, 1));
        all.act();
        assertThat(all.see()).containsKey("silence");
        assertSilent(network.address(), SmallNetwork.OTHER_PORT);
        assertSilent(network.address6(), SmallNetwork.PORT);
        undo(all);
    }

    @Test
    void protectedPortsAndWhatTheInjectorTalksToStayReachable() throws Exception {
        var facet = new NetworkFacet(Optional.of(network.name()), Optional.empty(), Set.of(), List.of());
        var spared = List.of(new InetSocketAddress(InetAddress.ofLiteral(network.address()), SmallNetwork.PORT));
        var protectedPort =
                plan(facet, new TrafficFault.Partition(Direction.BOTH, 1), Set.of(SmallNetwork.OTHER_PORT), spared);
        try (var open = network.connect(network.address(), SmallNetwork.PORT, 1000)) {
            protectedPort.act();
            protectedPort.see();
            assertEchoes(network.address(), SmallNetwork.PORT);
            assertEchoes(network.address(), SmallNetwork.OTHER_PORT);
            assertSilent(network.address(), 9);
            protectedPort.revert();
            var reset = plan(facet, new TrafficFault.Reset(1), Set.of(SmallNetwork.OTHER_PORT), spared);
            reset.act();
            assertEchoes(open);
            assertEchoes(network.address(), SmallNetwork.OTHER_PORT);
            reset.revert();
        }
    }

    @Test
    void theKernelEndsItWhenItsTimeIsOverAndNobodyElseDoes() throws Exception {
        var injection = prepare(
                ports(SmallNetwork.PORT), new TrafficFault.Partition(Direction.BOTH, 1), Duration.ofMillis(300));
        injection.act();
        injection.see();
        Awaitility.await().atMost(Duration.ofSeconds(6)).until(() -> {
            try (var socket = network.connect(network.address(), SmallNetwork.PORT, 200)) {
                return socket.isConnected();
            } catch (IOException _) {
                return false;
            }
        });
        assertThat(network.inside("nft", "list", "tables")).contains("ordeal_");
        undo(injection);
    }

    @Test
    void theTableGoesWithItsOwner() throws Exception {
        var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Partition(Direction.BOTH, 1));
        injection.act();
        injection.see();
        var words = injection.undo().words();
        Marked.kill(words.get(3));
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> left().isEmpty());
        assertEchoes(network.address(), SmallNetwork.PORT);
        undo(injection);
    }

    @Test
    void theGuardUndoesItWhenTheInjectorIsGone(@TempDir Path folder) throws Exception {
        try (var journal = Journal.open(folder, Instant.now())) {
            var guard = Guard.start(folder);
            var injection = prepare(
                    ports(SmallNetwork.PORT), new TrafficFault.Bandwidth(Direction.BOTH, 200_000, 1, Duration.ZERO));
            journal.open("fault", injection.undo());
            injection.act();
            assertThat(injection.see()).containsEntry("means", "htb");
            guard.close();
            assertThat(left()).isEmpty();
            assertThat(Files.readString(folder.resolve("guard.log"))).isEmpty();
            undo(injection);
        }
    }

    @Test
    void nothingIsLeftOfAFaultThatWasNotDoneOrHalfDone() throws Exception {
        var never = prepare(ports(SmallNetwork.PORT), new TrafficFault.Refuse(1));
        undo(never);
        network.inside("tc", "qdisc", "add", "dev", "eth0", "root", "handle", "7:", "htb");
        var policed = prepare(
                ports(SmallNetwork.PORT), new TrafficFault.Bandwidth(Direction.BOTH, 100_000, 1, Duration.ZERO));
        policed.act();
        policed.see();
        undo(policed);
        assertThat(network.inside("tc", "qdisc", "show", "dev", "eth0"))
                .as("a discipline that was there before is not touched")
                .contains("qdisc htb 7: root");
    }

    @Test
    void aNamespaceThatIsNotThereIsRejected() {
        var facet = new NetworkFacet(Optional.of("no-such"), Optional.empty(), Set.of(1), List.of());
        assertThatThrownBy(() -> prepare(facet, new TrafficFault.Refuse(1)))
                .isInstanceOf(InjectionFailed.class)
                .hasMessageContaining("no-such");
    }

    @Test
    void aNamespaceThatGoesDuringTheFaultLeavesNothingToUndo() throws Exception {
        var injection = prepare(ports(SmallNetwork.PORT), new TrafficFault.Partition(Direction.BOTH, 1));
        injection.act();
        injection.see();
        network.close();
        injection.revert();
        assertThat(injection.seeGone()).containsEntry("table", "absent");
    }

    @Test
    void latencyIsSeenInTheTimeThatAConnectionTakes() throws Exception {
        Assumptions.assumeTrue(MEANS.netem().isEmpty(), "this kernel has no netem");
        var injection = prepare(
                ports(SmallNetwork.PORT),
                new TrafficFault.Latency(Direction.DOWNSTREAM, ms(80), ms(10), 1, Duration.ZERO));
        injection.act();
        assertThat(injection.see()).containsKeys("connect_before", "connect_during");
        undo(injection);
    }

    private NetworkFacet ports(int port) {
        return new NetworkFacet(Optional.of(network.name()), Optional.empty(), Set.of(port), List.of());
    }

    private Injection prepare(NetworkFacet facet, TrafficFault fault) throws InjectionFailed {
        return prepare(facet, fault, Duration.ofMinutes(1));
    }

    private Injection prepare(NetworkFacet facet, TrafficFault fault, Duration duration) throws InjectionFailed {
        var plan =
                new FaultPlan(new FaultKey("run", "f-1"), "c", "t", Facet.NETWORK, fault, duration, Optional.empty());
        return packets.prepare(
                plan, new Namespace.Named(facet.namespace().orElseThrow()), Scope.of(facet, Set.of(), List.of()));
    }

    private Injection plan(
            NetworkFacet facet, TrafficFault fault, Set<Integer> protectedPorts, List<InetSocketAddress> spared)
            throws InjectionFailed {
        var plan = new FaultPlan(
                new FaultKey("run", "f-2"), "c", "t", Facet.NETWORK, fault, Duration.ofMinutes(1), Optional.empty());
        return packets.prepare(plan, new Namespace.Named(network.name()), Scope.of(facet, protectedPorts, spared));
    }

    private void undo(Injection injection) throws Exception {
        injection.revert();
        assertThat(injection.seeGone()).containsEntry("table", "absent").containsEntry("helpers_left", "0");
        injection.revert();
        assertThat(network.inside("nft", "list", "tables")).isEmpty();
        assertThat(network.inside("tc", "qdisc", "show")).doesNotContain("4f52:");
    }

    private Optional<String> left() {
        var tables = network.inside("nft", "list", "tables");
        var disciplines = network.inside("tc", "qdisc", "show");
        return tables.isEmpty() && !disciplines.contains("htb") ? Optional.empty() : Optional.of(tables + disciplines);
    }

    private void assertSilent(String address, int port) {
        assertThatThrownBy(() -> network.connect(address, port, 150)).isInstanceOf(SocketTimeoutException.class);
    }

    private void assertEchoes(String address, int port) throws IOException {
        try (var socket = network.connect(address, port, 3000)) {
            assertEchoes(socket);
        }
    }

    private static void assertEchoes(Socket socket) throws IOException {
        socket.setSoTimeout(3000);
        socket.getOutputStream().write(42);
        assertThat(socket.getInputStream().read()).isEqualTo(42);
    }

    /// Returns how many bytes per second come back from the service.
    private double rate(int port, int bytes) throws Exception {
        try (var socket = network.connect(network.address(), port, 3000)) {
            socket.setSoTimeout(10_000);
            long start = System.nanoTime();
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(new byte[bytes]);
                } catch (IOException _) {
                    // seen by the reader
                }
            });
            int got = socket.getInputStream().readNBytes(bytes).length;
            sender.join();
            return got / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
