package io.ordeal.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordeal.chaos.fault.Direction;
import io.ordeal.chaos.fault.TrafficFault;
import io.ordeal.chaos.policy.Address;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Loops loops = Loops.start();
    private final AtomicInteger accepted = new AtomicInteger();
    private ServerSocket service;
    private TcpProxy proxy;

    @BeforeEach
    void startEchoBehindProxy() throws IOException {
        service = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        proxy = TcpProxy.start(loops, new Address("127.0.0.1", 0), new Address("127.0.0.1", service.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        service.close();
        loops.close();
    }

    @Test
    void carriesBytesInOrderWhileToxicsComeAndGo() throws Exception {
        int length = 3_000_000;
        int clients = 4;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < clients; i++) {
                int seed = i;
                results.add(() -> echoes(seed, length));
            }
            var running = results.stream().map(threads::submit).toList();
            var random = new Random(7);
            while (!running.stream().allMatch(Future::isDone)) {
                var toxic = toxic(anyFault(random), random.nextLong());
                proxy.add(toxic).get(10, TimeUnit.SECONDS);
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(random.nextInt(1, 20)))
                        .until(() -> true);
                proxy.remove(toxic).get(10, TimeUnit.SECONDS);
            }
            for (var result : running) {
                assertThat(result.get()).isTrue();
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(proxy.held().get()).isZero());
    }

    @Test
    void delaysEachWayAndKeepsPipelinedBytesTogether() throws Exception {
        try (var client = connect()) {
            proxy.add(toxic(latency(150, 0, Direction.DOWNSTREAM), 1)).get();
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                client.getOutputStream().write(i);
            }
            var answer = client.getInputStream().readNBytes(10);
            var took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(answer).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(took).isBetween(Duration.ofMillis(150), Duration.ofMillis(600));
        }
    }

    @Test
    void deliversWhatLatencyHeldAtOnceWhenItEnds() throws Exception {
        try (var client = connect()) {
            var toxic = toxic(latency(60_000, 0, Direction.BOTH), 1);
            proxy.add(toxic).get();
            client.getOutputStream().write(42);
            Awaitility.await().until(() -> proxy.held().get() == 1);
            proxy.remove(toxic).get();
            assertThat(client.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void letsNothingPassDuringAPartitionAndEverythingAfterwards() throws Exception {
        try (var before = connect()) {
            before.getOutputStream().write(7);
            assertThat(before.getInputStream().read()).isEqualTo(7);
            var toxic = toxic(new TrafficFault.Partition(Direction.BOTH, 1), 1);
            proxy.add(toxic).get();
            int reached = accepted.get();
            before.getOutputStream().write(1);
            try (var during = connect()) {
                during.getOutputStream().write(2);
                assertSilent(before);
                assertSilent(during);
                assertThat(accepted.get()).isEqualTo(reached);
                proxy.remove(toxic).get();
                assertThat(before.getInputStream().read()).isEqualTo(1);
                assertThat(during.getInputStream().read()).isEqualTo(2);
            }
        }
    }

    @Test
    void stallsOnlyTheAnswersWhereThePartitionIsDownstream() throws Exception {
        try (var client = connect()) {
            proxy.add(toxic(new TrafficFault.Partition(Direction.DOWNSTREAM, 1), 1))
                    .get();
            try (var second = connect()) {
                int reached = accepted.get();
                assertSilent(client);
                Awaitility.await().until(() -> accepted.get() >= Math.max(2, reached));
                second.getOutputStream().write(1);
                assertSilent(second);
            }
        }
    }

    @Test
    void resetsOpenAndNewConnections() throws Exception {
        try (var open = connect()) {
            open.getOutputStream().write(1);
            assertThat(open.getInputStream().read()).isEqualTo(1);
            var toxic = toxic(new TrafficFault.Reset(1), 1);
            proxy.add(toxic).get();
            assertThatThrownBy(() -> open.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(() -> {
                        try (var fresh = connect()) {
                            fresh.getOutputStream().write(1);
                            fresh.getInputStream().read();
                        }
                    })
                    .isInstanceOf(SocketException.class);
            proxy.remove(toxic).get();
        }
        try (var after = connect()) {
            after.getOutputStream().write(3);
            assertThat(after.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void resetsThatPartOfTheConnectionsWhichTheSeedChooses() throws Exception {
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < 60; i++) {
            var client = connect();
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            clients.add(client);
        }
        var census = proxy.add(toxic(new TrafficFault.Reset(0.5), 99)).get();
        int reset = 0;
        for (var client : clients) {
            try (client) {
                client.getOutputStream().write(1);
                reset += client.getInputStream().read() < 0 ? 1 : 0;
            } catch (SocketException _) {
                reset++;
            }
        }
        assertThat(census.connections()).isEqualTo(60);
        assertThat(reset).isEqualTo(census.hit()).isBetween(15, 45);
    }

    @Test
    void keepsToTheRateInEachDirection() throws Exception {
        try (var client = connect()) {
            proxy.add(toxic(new TrafficFault.Bandwidth(Direction.DOWNSTREAM, 100_000, 1, Duration.ZERO), 1))
                    .get();
            long start = System.nanoTime();
            client.getOutputStream().write(new byte[40_000]);
            assertThat(client.getInputStream().readNBytes(40_000)).hasSize(40_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(380), Duration.ofMillis(1500));
        }
    }

    @Test
    void passesTheEndOfOneDirectionAndKeepsTheOther() throws Exception {
        try (var client = connect()) {
            client.getOutputStream().write(new byte[] {1, 2, 3});
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void resetsTheClientWhenTheServiceIsNotThere() throws Exception {
        service.close();
        assertThatThrownBy(() -> {
                    try (var client = connect()) {
                        client.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void answersItsProbesItself() throws Exception {
        try (var probe = Probe.open(proxy, "none")) {
            assertThat(probe.roundTrip(PATIENCE)).isLessThan(PATIENCE);
            assertThat(probe.transfer(500_000, PATIENCE)).isLessThan(PATIENCE);
        }
        assertThat(accepted).hasValue(0);
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThatThrownBy(() -> TcpProxy.start(
                        loops, new Address("127.0.0.1", service.getLocalPort()), new Address("127.0.0.1", 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:");
    }

    private static Toxic toxic(TrafficFault fault, long seed) {
        return Toxic.of(fault, seed, System.nanoTime());
    }

    private static TrafficFault.Latency latency(int millis, int jitter, Direction direction) {
        return new TrafficFault.Latency(
                direction, Duration.ofMillis(millis), Duration.ofMillis(jitter), 1, Duration.ZERO);
    }

    private static TrafficFault anyFault(Random random) {
        var direction = Direction.values()[random.nextInt(3)];
        double fraction = random.nextBoolean() ? 1 : 0.5;
        return switch (random.nextInt(3)) {
            case 0 -> {
                var latency = Duration.ofMillis(random.nextInt(1, 30));
                var jitter = Duration.ofNanos(random.nextLong(latency.toNanos()));
                yield new TrafficFault.Latency(
                        direction, latency, jitter, fraction, Duration.ofMillis(random.nextInt(5)));
            }
            case 1 -> new TrafficFault.Partition(direction, fraction);
            default ->
                new TrafficFault.Bandwidth(
                        direction, random.nextLong(1, 50_000_000), fraction, Duration.ofMillis(random.nextInt(5)));
        };
    }

    private boolean echoes(int seed, int length) throws IOException {
        try (var client = connect()) {
            var sent = new byte[length];
            new Random(seed).nextBytes(sent);
            var sender = Thread.ofVirtual().start(() -> send(client, sent));
            var back = new DataInputStream(client.getInputStream()).readNBytes(length);
            sender.interrupt();
            return Arrays.equals(sent, back);
        }
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(150);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(0);
    }

    private Socket connect() throws IOException {
        var client = new Socket();
        client.setTcpNoDelay(true);
        client.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), proxy.address().getPort()),
                5_000);
        return client;
    }

    private void accept() {
        var open = new ArrayList<Socket>();
        try {
            while (true) {
                var socket = service.accept();
                open.add(socket);
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> echo(socket));
            }
        } catch (IOException _) {
            close(open);
        }
    }

    private static void close(List<Socket> sockets) {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException _) {
                // ends anyway
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            in.transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // the client has gone
        }
    }
}
