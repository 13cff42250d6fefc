package io.ordeal.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A connection of ours through a proxy, over its own listener and its own lanes, to an echo: what it meets, a client
/// meets. Blocking; not thread-safe.
public final class Probe implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CHUNK = 32 << 10;

    private final TcpProxy proxy;
    private final Socket socket;

    private Probe(TcpProxy proxy, Socket socket) {
        this.proxy = proxy;
        this.socket = socket;
    }

    /// Connects through `proxy`.
    ///
    /// @param toxic the name of the one toxic that it meets, also where that comes later; others are not on it, so
    ///     that they can come and go meanwhile
    /// @throws IOException when the proxy does not take the connection
    public static Probe open(TcpProxy proxy, String toxic) throws IOException {
        var address = reachable(proxy.address());
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(address.getAddress(), 0));
            proxy.expectProbe(socket.getLocalPort(), toxic);
            socket.connect(address, CONNECT_MILLIS);
            return new Probe(proxy, socket);
        } catch (IOException e) {
            proxy.forgetProbe(socket.getLocalPort());
            socket.close();
            throw e;
        }
    }

    /// Sends one byte and returns how long it takes to come back.
    ///
    /// @throws SocketTimeoutException when nothing comes back within `patience`
    /// @throws SocketException when the connection is reset
    public Duration roundTrip(Duration patience) throws IOException {
        long start = System.nanoTime();
        send();
        await(patience);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Sends one byte.
    public void send() throws IOException {
        socket.getOutputStream().write(1);
    }

    /// Waits for one byte.
    ///
    /// @throws SocketTimeoutException when nothing comes within `patience`
    public void await(Duration patience) throws IOException {
        socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        if (socket.getInputStream().read() < 0) {
            throw new SocketException("the connection was closed");
        }
    }

    /// Sends `bytes` bytes and returns how long it takes until all of them are back.
    ///
    /// @throws SocketTimeoutException when nothing comes for `patience`
    public Duration transfer(int bytes, Duration patience) throws IOException {
        socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        long start = System.nanoTime();
        var sender = Thread.ofVirtual().name("probe-sender").start(() -> sendAll(bytes));
        try {
            var buffer = new byte[CHUNK];
            int left = bytes;
            while (left > 0) {
                int read = socket.getInputStream().read(buffer, 0, Math.min(left, buffer.length));
                if (read < 0) {
                    throw new SocketException("the connection was closed");
                }
                left -= read;
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            sender.interrupt();
        }
    }

    /// Ends our stream and returns how long it takes until the other one ends, too.
    ///
    /// @throws SocketTimeoutException when it does not within `patience`
    public Duration end(Duration patience) throws IOException {
        long start = System.nanoTime();
        socket.shutdownOutput();
        count(patience);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Returns how many bytes come until the stream ends or breaks.
    ///
    /// @throws SocketTimeoutException when nothing comes for `patience`
    public long count(Duration patience) throws IOException {
        socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        var buffer = new byte[CHUNK];
        long count = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                count += read;
            }
        } catch (SocketException e) {
            if (socket.isClosed()) {
                throw e;
            }
        }
        return count;
    }

    /// Sends so many bytes without waiting for them.
    public void pour(int bytes) {
        var _ = Thread.ofVirtual().name("probe-sender").start(() -> sendAll(bytes));
    }

    /// Sends `bytes` bytes at once and returns how many of them come back first.
    ///
    /// @throws SocketTimeoutException when nothing comes within `patience`
    public int first(int bytes, Duration patience) throws IOException {
        socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        socket.getOutputStream().write(new byte[bytes]);
        var buffer = new byte[bytes];
        int first = socket.getInputStream().read(buffer);
        if (first < 0 || socket.getInputStream().readNBytes(bytes - first).length < bytes - first) {
            throw new SocketException("the connection was closed");
        }
        return first;
    }

    /// What came for an HTTP request.
    ///
    /// @param status 0 where no answer came
    /// @param body how many bytes of it came
    public record Answer(int status, long body, Duration took) {}

    /// Sends an HTTP request for a body of so many bytes, the last one on this connection, and returns what comes.
    ///
    /// @throws SocketTimeoutException when nothing comes for `patience`
    public Answer ask(long bytes, Duration patience) throws IOException {
        long start = System.nanoTime();
        socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
        var request = "GET /" + bytes + " HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return new Answer(0, 0, Duration.ofNanos(System.nanoTime() - start));
            }
            head.append((char) next);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        return new Answer(status, count(patience), Duration.ofNanos(System.nanoTime() - start));
    }

    private void sendAll(int bytes) {
        try {
            var chunk = new byte[CHUNK];
            for (int left = bytes; left > 0; left -= CHUNK) {
                socket.getOutputStream().write(chunk, 0, Math.min(left, CHUNK));
            }
        } catch (IOException _) {
            // the reader sees it as well
        }
    }

    /// Whether it can still be used; a thread that is interrupted in the middle of it closes it.
    public boolean usable() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        proxy.forgetProbe(socket.getLocalPort());
        socket.close();
    }

    private static InetSocketAddress reachable(InetSocketAddress listening) throws IOException {
        if (!listening.getAddress().isAnyLocalAddress()) {
            return listening;
        }
        boolean v6 = listening.getAddress().getAddress().length == 16;
        return new InetSocketAddress(InetAddress.getByName(v6 ? "::1" : "127.0.0.1"), listening.getPort());
    }
}
