package io.ordeal.generator.user;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A body that is kept to be looked at, up to a limit. Not thread-safe.
public final class Body {
    /// The most bytes that are looked at: whoever looks is an event loop with other work to do.
    public static final int LIMIT = 1 << 20;

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean cut;

    /// Returns the body of a message that came whole.
    public static Body of(byte[] message) {
        var body = new Body();
        body.add(message);
        return body;
    }

    /// Adds what came next.
    public void add(byte[] piece) {
        if (cut || piece.length > LIMIT - length) {
            cut = true;
            return;
        }
        if (length + piece.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + piece.length, 2 * bytes.length));
        }
        System.arraycopy(piece, 0, bytes, length, piece.length);
        length += piece.length;
    }

    /// Whether it was longer than the limit.
    boolean cut() {
        return cut;
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
