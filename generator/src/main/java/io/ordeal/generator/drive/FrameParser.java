package io.ordeal.generator.drive;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Reads the frames that a server sends over a WebSocket (RFC 6455, 5.2) piece by piece, wherever they are cut, and
/// puts messages together. Pure.
final class FrameParser {
    /// The longest message that is taken.
    static final int LONGEST = 1 << 20;

    private static final int LONGEST_CONTROL = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Sink sink;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final byte[] head = new byte[10];
    private int headRead;
    private int headLength = 2;
    private long missing;
    private boolean inMessage;
    private Optional<String> broken = Optional.empty();

    /// Takes what was read.
    interface Sink {
        /// Takes a message, text or not.
        void message(byte[] message);

        /// Takes a ping, a pong or a close.
        void control(int opcode, byte[] payload);
    }

    FrameParser(Sink sink) {
        this.sink = sink;
    }

    /// Returns how the stream broke the protocol; nothing is read from then on.
    Optional<String> broken() {
        return broken;
    }

    /// Reads one more piece.
    void read(byte[] piece) {
        int at = 0;
        while (at < piece.length && broken.isEmpty()) {
            if (headRead < headLength) {
                head[headRead++] = piece[at++];
                grow();
            } else {
                int taken = (int) Math.min(missing, piece.length - at);
                payload.write(piece, at, taken);
                at += taken;
                missing -= taken;
            }
            if (broken.isEmpty() && headRead == headLength && missing == 0) {
                ended();
            }
        }
    }

    /// Learns how long the head is, and when it is there how long the payload.
    private void grow() {
        if (headRead == 2) {
            int length = head[1] & 0x7F;
            headLength = length == TWO_BYTES ? 4 : length == EIGHT_BYTES ? 10 : 2;
            if ((head[0] & 0x70) != 0 || (head[1] & 0x80) != 0) {
                broken = Optional.of("a frame uses an extension that was not agreed on, or is masked");
            }
        }
        if (headRead == headLength) {
            missing = length();
            boolean control = (head[0] & 0x08) != 0;
            if (missing < 0 || missing > (control ? LONGEST_CONTROL : LONGEST - message.size())) {
                broken = Optional.of(
                        "a message is longer than " + LONGEST + " bytes, or a control frame than " + LONGEST_CONTROL);
            }
        }
    }

    private long length() {
        if (headLength == 2) {
            return head[1] & 0x7F;
        }
        long length = 0;
        for (int i = 2; i < headLength; i++) {
            length = length << 8 | (head[i] & 0xFF);
        }
        return length;
    }

    private void ended() {
        boolean last = (head[0] & 0x80) != 0;
        int opcode = head[0] & 0x0F;
        var bytes = payload.toByteArray();
        payload.reset();
        headRead = 0;
        headLength = 2;
        switch (opcode) {
            case Frame.CLOSE, Frame.PING, Frame.PONG -> sink.control(opcode, bytes);
            case Frame.TEXT, Frame.BINARY, Frame.CONTINUATION -> part(opcode, bytes, last);
            default -> broken = Optional.of("there is no frame of kind " + opcode);
        }
    }

    private void part(int opcode, byte[] bytes, boolean last) {
        if (inMessage != (opcode == Frame.CONTINUATION)) {
            broken = Optional.of("a message begins within another, or goes on without having begun");
            return;
        }
        message.writeBytes(bytes);
        inMessage = !last;
        if (last) {
            var whole = message.toByteArray();
            message.reset();
            sink.message(whole);
        }
    }
}
