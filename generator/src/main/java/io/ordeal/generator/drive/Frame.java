package io.ordeal.generator.drive;

import java.nio.ByteBuffer;

/// The frames that a client sends over a WebSocket (RFC 6455, 5.2): whole messages, masked.
final class Frame {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MOST_OF_TWO = 0xFFFF;
    private static final int LONGEST_HEAD = 14;

    private Frame() {}

    /// Returns the bytes of a frame.
    static byte[] of(int opcode, byte[] payload, int mask) {
        var frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length <= SHORT) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= MOST_OF_TWO) {
            frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
        }
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask >>> (24 - 8 * (i & 3))));
        }
        var bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
