package io.ordeal.generator.drive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Reads a stream of server-sent events (WHATWG HTML, 9.2.6) piece by piece, wherever it is cut. Pure: the same bytes
/// are the same events, however they are split.
///
/// ```
///   line --(CR, LF or CRLF)--> field --(an empty line, and there was data)--> event
/// ```
final class EventParser {
    /// What an event may hold; what is beyond is read, but not kept.
    private static final int KEPT = 1 << 20;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Sink sink;
    private final StringBuilder data = new StringBuilder();
    private byte[] line = new byte[256];
    private int length;
    private boolean first = true;
    private boolean afterReturn;
    private boolean any;
    private Optional<String> type = Optional.empty();

    /// Takes events.
    interface Sink {
        /// Takes one event.
        ///
        /// @param type `message` where the stream names none
        /// @param data its lines, joined by line feeds
        void event(String type, String data);
    }

    EventParser(Sink sink) {
        this.sink = sink;
    }

    /// Reads one more piece.
    void read(byte[] piece) {
        for (byte next : piece) {
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\r' || next == '\n') {
                endLine();
            } else if (length < KEPT) {
                append(next);
            }
        }
    }

    private void append(byte next) {
        if (length == line.length) {
            line = Arrays.copyOf(line, length * 2);
        }
        line[length++] = next;
    }

    private void endLine() {
        int from = first && length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        first = false;
        if (length == from) {
            dispatch();
        } else {
            field(from);
        }
        length = 0;
    }

    private void dispatch() {
        if (any) {
            sink.event(type.filter(name -> !name.isEmpty()).orElse("message"), data.toString());
        }
        any = false;
        data.setLength(0);
        type = Optional.empty();
    }

    private void field(int from) {
        int colon = from;
        while (colon < length && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(length, colon + 1);
        if (value < length && line[value] == ' ') {
            value++;
        }
        switch (text(from, colon)) {
            case "data" -> data(text(value, length));
            case "event" -> type = Optional.of(text(value, length));
            default -> {
                // a comment, or what only a browser that reconnects needs
            }
        }
    }

    private void data(String text) {
        if (any && data.length() < KEPT) {
            data.append('\n');
        }
        any = true;
        data.append(text, 0, Math.min(text.length(), Math.max(0, KEPT - data.length())));
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }
}
