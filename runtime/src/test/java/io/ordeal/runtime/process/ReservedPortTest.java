package io.ordeal.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class ReservedPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void isGivenToNobodyWhoAsksForAnyPort() throws IOException {
        try (var port = ReservedPort.any()) {
            int ports = 40_000; // more than there are to give
            for (int i = 0; i < ports; i++) {
                try (var other = new ServerSocket(0, 1, LOOPBACK)) {
                    assertThat(other.getLocalPort()).isNotEqualTo(port.number());
                }
            }
        }
    }

    @Test
    void isFreeForAServerThatNamesIt() throws IOException {
        try (var port = ReservedPort.any();
                var server = new ServerSocket(port.number(), 1, LOOPBACK);
                var client = new Socket(LOOPBACK, port.number())) {
            assertThat(client.isConnected()).isTrue();
            assertThat(server.isBound()).isTrue();
        }
    }

    @Test
    void refusesConnectionsWhileNobodyListens() throws IOException {
        try (var port = ReservedPort.any()) {
            assertThatThrownBy(() -> new Socket(LOOPBACK, port.number())).isInstanceOf(ConnectException.class);
        }
    }
}
