package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the HTTP/1.1 messages in one direction of a connection: where a head ends and where a body does. It changes
/// nothing: every byte goes to the listener, in order. What is no HTTP/1.1 is opaque from there on.
final class HttpStream {
    private static final int LONGEST_HEAD = 64 << 10;
    private static final int LONGEST_LINE = 1 << 10;
    private static final Pattern START =
            Pattern.compile("[A-Z]{3,16} [^ ]+ HTTP/1\\.[01]|HTTP/1\\.[01] [0-9]{3}( .*)?");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:.*\\bchunked\\b");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:[ \\t]*([0-9]{1,18})[ \\t]*\\r?$");

    private final Listener listener;
    private final ByteBuf line = Unpooled.buffer(256);
    private State state = State.HEAD;
    private long left;

    /// Hears of messages and has the duty to release what it gets.
    interface Listener {
        /// A head has come, up to its empty line; returns how its body ends where the head alone does not say it.
        Body head(ByteBuf bytes, String text);

        /// A piece of a body, or of what frames it.
        ///
        /// @param data how many bytes of it are the body's own
        void body(ByteBuf bytes, int data);

        /// The message has ended.
        void done();

        /// What is no message.
        void opaque(ByteBuf bytes);
    }

    /// What is known of a body beside its head.
    enum Body {
        /// There is none.
        NONE,
        /// Its head says it; without a word there is none.
        BY_HEAD,
        /// Its head says it; without a word it ends with the stream.
        BY_HEAD_OR_END,
        /// What follows is another protocol.
        OPAQUE
    }

    private enum State {
        HEAD,
        BYTES,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_END,
        OPAQUE
    }

    HttpStream(Listener listener) {
        this.listener = listener;
    }

    /// Whether it is between two messages.
    boolean between() {
        return state == State.HEAD && !line.isReadable();
    }

    boolean isOpaque() {
        return state == State.OPAQUE;
    }

    /// Takes what has come.
    void feed(ByteBuf bytes) {
        try {
            while (bytes.isReadable()) {
                step(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    /// Takes everything from here on as it is.
    void giveUp() {
        state = State.OPAQUE;
        if (line.isReadable()) {
            listener.opaque(taken());
        }
    }

    /// Lets go of what is not a whole head yet.
    void discard() {
        line.clear();
    }

    private void step(ByteBuf bytes) {
        switch (state) {
            case HEAD -> head(bytes);
            case BYTES -> body(bytes, this::ended);
            case CHUNK -> body(bytes, () -> state = State.CHUNK_END);
            case CHUNK_SIZE, CHUNK_END, TRAILER -> framing(bytes);
            case UNTIL_END -> {
                int length = bytes.readableBytes();
                listener.body(bytes.readRetainedSlice(length), length);
            }
            case OPAQUE -> listener.opaque(bytes.readRetainedSlice(bytes.readableBytes()));
        }
    }

    private void head(ByteBuf bytes) {
        boolean whole = readLine(bytes, LONGEST_HEAD);
        int length = line.readableBytes();
        if (whole && isBlank(line)) {
            // An empty line in front of a message belongs to none.
            listener.opaque(taken());
        } else if (whole && endsHead(line)) {
            var text = line.toString(StandardCharsets.ISO_8859_1);
            if (START.matcher(text.lines().findFirst().orElse("")).matches()) {
                begin(listener.head(taken(), text), text);
            } else {
                giveUp();
            }
        } else if (length >= LONGEST_HEAD || !mayBegin(line)) {
            giveUp();
        }
    }

    private void begin(Body body, String text) {
        if (state == State.OPAQUE) {
            return;
        }
        var length = LENGTH.matcher(text);
        switch (body) {
            case OPAQUE -> state = State.OPAQUE;
            case NONE -> ended();
            case BY_HEAD, BY_HEAD_OR_END -> {
                if (CHUNKED.matcher(text).find()) {
                    state = State.CHUNK_SIZE;
                } else if (length.find()) {
                    left = Long.parseLong(length.group(1));
                    state = State.BYTES;
                    if (left == 0) {
                        ended();
                    }
                } else if (body == Body.BY_HEAD) {
                    ended();
                } else {
                    state = State.UNTIL_END;
                }
            }
        }
    }

    private void body(ByteBuf bytes, Runnable atEnd) {
        int length = (int) Math.min(left, bytes.readableBytes());
        left -= length;
        listener.body(bytes.readRetainedSlice(length), length);
        if (left == 0 && state != State.OPAQUE) {
            atEnd.run();
        }
    }

    private void framing(ByteBuf bytes) {
        if (!readLine(bytes, LONGEST_LINE)) {
            if (line.readableBytes() >= LONGEST_LINE) {
                giveUp();
            }
            return;
        }
        var text = line.toString(StandardCharsets.ISO_8859_1).strip();
        var size = state == State.CHUNK_SIZE ? chunkSize(text) : Optional.of(0L);
        if (size.isEmpty()) {
            giveUp();
            return;
        }
        listener.body(taken(), 0);
        switch (state) {
            case CHUNK_SIZE -> {
                left = size.get();
                state = left == 0 ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                if (text.isEmpty()) {
                    ended();
                }
            }
            default -> throw new IllegalStateException("no framing in " + state);
        }
    }

    private static Optional<Long> chunkSize(String text) {
        var digits = text.split("[; \\t]", 2)[0].toLowerCase(Locale.ROOT);
        return digits.matches("[0-9a-f]{1,15}") ? Optional.of(Long.parseLong(digits, 16)) : Optional.empty();
    }

    private void ended() {
        state = State.HEAD;
        listener.done();
    }

    /// Moves bytes up to the end of a line, and says whether it is there.
    private boolean readLine(ByteBuf bytes, int most) {
        int end = bytes.bytesBefore((byte) '\n');
        int room = most - line.readableBytes();
        int length = Math.min(room, end < 0 ? bytes.readableBytes() : end + 1);
        line.writeBytes(bytes, length);
        return end >= 0 && length == end + 1;
    }

    private ByteBuf taken() {
        var copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(line));
        line.clear();
        return copy;
    }

    /// Whether what has come of a head can still be one: its first byte is a capital letter.
    private static boolean mayBegin(ByteBuf line) {
        byte first = line.getByte(line.readerIndex());
        return (first >= 'A' && first <= 'Z') || first == '\r' || first == '\n';
    }

    private static boolean isBlank(ByteBuf line) {
        int length = line.readableBytes();
        return length == 1 || (length == 2 && line.getByte(line.readerIndex()) == '\r');
    }

    private static boolean endsHead(ByteBuf line) {
        int end = line.writerIndex();
        return (end >= 2 && line.getByte(end - 2) == '\n')
                || (end >= 3 && line.getByte(end - 2) == '\r' && line.getByte(end - 3) == '\n');
    }
}
