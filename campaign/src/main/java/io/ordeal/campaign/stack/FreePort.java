package io.ordeal.campaign.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports for programs that cannot pick one themselves.
final class FreePort {
    private FreePort() {}

    /// Returns `port`, or a free one for 0.
    static int orAny(int port) {
        return port == 0 ? any() : port;
    }

    /// Returns a loopback port that nobody listened on a moment ago.
    static int any() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
