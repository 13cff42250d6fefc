package io.ordeal.chaos.network;

import io.ordeal.chaos.posix.NetworkNamespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/// A network namespace of a test, joined to the host by a pair of interfaces, with a service in it that sends back what
/// it gets.
public final class SmallNetwork implements AutoCloseable {
    /// Where the service listens.
    public static final int PORT = 8081;
    /// Where it listens as well.
    public static final int OTHER_PORT = 8082;

    private final String suffix =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()).substring(0, 6);
    private final int net = ThreadLocalRandom.current().nextInt(1, 250);
    private final int part = ThreadLocalRandom.current().nextInt(0, 60) * 4;
    private final List<ServerSocket> listening = new ArrayList<>();
    private final ConcurrentLinkedQueue<Socket> accepted = new ConcurrentLinkedQueue<>();

    /// Makes it; needs root.
    public SmallNetwork() {
        try {
            host("ip", "netns", "add", name());
            host("ip", "link", "add", hostDevice(), "type", "veth", "peer", "name", "eth0", "netns", name());
            host("ip", "addr", "add", address(1) + "/30", "dev", hostDevice());
            host("ip", "addr", "add", "fd53::" + net + ":" + part + ":1/112", "dev", hostDevice(), "nodad");
            host("ip", "link", "set", hostDevice(), "up");
            inside("ip", "addr", "add", address(2) + "/30", "dev", "eth0");
            inside("ip", "addr", "add", address6() + "/112", "dev", "eth0", "nodad");
            inside("ip", "link", "set", "eth0", "up");
            inside("ip", "link", "set", "lo", "up");
            serve(PORT);
            serve(OTHER_PORT);
            // A new interface takes up to a second to find its neighbour.
            Awaitility.await().until(() -> answers(address()) && answers(address6()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean answers(String address) {
        try (var socket = connect(address, PORT, 500)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /// Returns the name of the namespace.
    public String name() {
        return "ordeal-" + suffix;
    }

    /// Returns the IPv4 address of the host towards it.
    public String hostAddress() {
        return address(1);
    }

    /// Returns its IPv4 address.
    public String address() {
        return address(2);
    }

    /// Returns its IPv6 address.
    public String address6() {
        return "fd53::" + net + ":" + part + ":2";
    }

    /// Connects to its service from the host.
    public Socket connect(String address, int port, int patienceMillis) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), patienceMillis);
        socket.setSoLinger(true, 0);
        return socket;
    }

    /// Runs a command in it and returns its output.
    public String inside(String... command) {
        var all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name()));
        all.addAll(List.of(command));
        return host(all.toArray(String[]::new));
    }

    /// Runs a command on the host and returns its output.
    public static String host(String... command) {
        var said = Program.run(List.of(command));
        if (!said.well()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said.problem());
        }
        return said.out();
    }

    /// Runs `work` on a thread in it.
    public <T> T within(java.util.concurrent.Callable<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                NetworkNamespaces.join(Path.of("/run/netns", name()));
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    @Override
    public void close() {
        listening.forEach(SmallNetwork::close);
        accepted.forEach(SmallNetwork::close);
        Program.run(List.of("ip", "link", "del", hostDevice()));
        Program.run(List.of("ip", "netns", "del", name()));
    }

    private String hostDevice() {
        return "ordt" + suffix;
    }

    private String address(int last) {
        return "10.213." + net + "." + (part + last);
    }

    private void serve(int port) {
        var socket = within(() -> new ServerSocket(port, 50, InetAddress.ofLiteral("::")));
        listening.add(socket);
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    var connection = socket.accept();
                    accepted.add(connection);
                    Thread.ofVirtual().start(() -> echo(connection));
                } catch (IOException _) {
                    // closed
                }
            }
        });
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException _) {
            // the other side has gone
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
