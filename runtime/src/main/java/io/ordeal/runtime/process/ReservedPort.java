package io.ordeal.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A loopback port kept for a program that cannot pick one itself.
///
/// A port that was merely found free may be taken by anybody before the program binds it. Here a socket that is bound
/// but does not listen holds it: Linux gives it to nobody who asks for any port, to listen or to connect from, yet a
/// program that names it and sets `SO_REUSEADDR`, as every server here does, may listen on it.
public final class ReservedPort implements AutoCloseable {
    private final Socket holder;
    private final int number;

    private ReservedPort(Socket holder, int number) {
        this.holder = holder;
        this.number = number;
    }

    /// Keeps a port that is free now.
    public static ReservedPort any() {
        var holder = new Socket();
        try {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new ReservedPort(holder, holder.getLocalPort());
        } catch (IOException e) {
            close(holder);
            throw new UncheckedIOException("no free port", e);
        }
    }

    /// Takes `port` as the caller wishes it, without keeping it; keeps a free one for 0.
    public static ReservedPort orAny(int port) {
        return port == 0 ? any() : new ReservedPort(new Socket(), port);
    }

    /// Returns the port.
    public int number() {
        return number;
    }

    /// Leaves the port to whoever listens on it.
    @Override
    public void close() {
        close(holder);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
