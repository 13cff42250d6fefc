package io.ordeal.chaos.table;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.fault.FaultKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A service that echoes, and every fault on a proxy in front of it.
public final class ProxyFixture implements FaultFixture {
    private static final String TARGET = "proxied";

    private final ServerSocket service;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// Starts the service.
    public ProxyFixture() throws IOException {
        service = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("echo").start(this::accept);
    }

    @Override
    public String targets() {
        return "  " + TARGET + ": {proxy: {upstream: \"127.0.0.1:" + service.getLocalPort() + "\"}}\n";
    }

    @Override
    public List<Asked> faults() {
        return List.of(
                asked(FaultKind.LATENCY, Map.of("latency", "60ms", "jitter", "10ms", "direction", "both")),
                asked(FaultKind.BANDWIDTH, Map.of("rate", "50KB/s")),
                asked(FaultKind.LOSS, Map.of("loss", "20%", "stall", "60ms")),
                asked(FaultKind.PARTITION, Map.of()),
                asked(FaultKind.RESET, Map.of()),
                asked(FaultKind.REFUSE, Map.of()),
                asked(FaultKind.TIMEOUT, Map.of("timeout", "200ms")),
                asked(FaultKind.SLOW_CLOSE, Map.of("delay", "100ms")),
                asked(FaultKind.SLICE, Map.of("size", "100B", "variation", "20B", "delay", "20ms")),
                asked(FaultKind.LIMIT_DATA, Map.of("bytes", "10KB")),
                asked(FaultKind.HTTP_STATUS, Map.of("status", "503", "share", "50%")),
                asked(FaultKind.HTTP_DELAY, Map.of("delay", "80ms")),
                asked(FaultKind.HTTP_CUT, Map.of("after", "100B")),
                asked(FaultKind.CONNECTIONS, Map.of("count", "50")));
    }

    /// Whatever the injector, the service must be rid of its connections.
    @Override
    public Optional<String> left() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.size() + " connections to the service");
    }

    @Override
    public void close() {
        try {
            service.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException _) {
            // ends with the process
        }
    }

    private static Asked asked(FaultKind kind, Map<String, String> parameters) {
        return new Asked(kind, Facet.PROXY, TARGET, parameters);
    }

    private void accept() {
        try {
            while (true) {
                var socket = service.accept();
                open.add(socket);
                Thread.ofVirtual().name("echo").start(() -> echo(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // reset
        } finally {
            open.remove(socket);
        }
    }
}
