package io.ordeal.generator.drive;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The opening handshake of one WebSocket (RFC 6455, 4). No extension is asked for.
final class Handshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING = 101;

    private final String key;

    /// Begins one whose key is made of `first` and `second`.
    Handshake(long first, long second) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(second);
        key = Base64.getEncoder().encodeToString(bytes.array());
    }

    /// Asks for it in `request`.
    void ask(RequestOptions request) {
        request.putHeader(HttpHeaders.UPGRADE, "websocket")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader("sec-websocket-version", "13")
                .putHeader("sec-websocket-key", key);
    }

    /// Whether `response` agrees to it.
    boolean agreed(HttpClientResponse response) {
        return response.statusCode() == SWITCHING && accept().equals(response.getHeader("sec-websocket-accept"));
    }

    private String accept() {
        try {
            var sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
