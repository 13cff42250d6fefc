package io.ordeal.generator.drive;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 answer whose head and body fill a buffer exactly (RFC 9112), and that sets no cookie, as most answers do
/// that are measured.
///
/// @param status 200 and above
/// @param body where the body begins in the buffer; it ends with it
/// @param closing whether the service closes the connection after it
record WholeAnswer(int status, int body, boolean closing) {
    private static final long HTTP_1_1 = 0x485454502F312E31L;
    private static final int STATUS = 9;
    private static final int SHORTEST = 19;
    private static final byte[] CONTENT_LENGTH = ascii("content-length:");
    private static final byte[] CONNECTION = ascii("connection:");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding:");
    private static final byte[] SET_COOKIE = ascii("set-cookie:");
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final int UNKNOWN = -1;
    private static final int LONGEST = 1 << 30;

    /// Returns the answer that `bytes` hold, or null when it takes a real decoder to say what they hold.
    static @Nullable WholeAnswer in(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        if (end - start < SHORTEST || bytes.getLong(start) != HTTP_1_1) {
            return null;
        }
        int status = status(bytes, start + STATUS);
        return status < 200 || status == 204 || status == 304 ? null : headers(bytes, status, start, end);
    }

    private static @Nullable WholeAnswer headers(ByteBuf bytes, int status, int start, int end) {
        int length = UNKNOWN;
        boolean closing = false;
        int line = after(bytes, start + STATUS, end);
        while (line != UNKNOWN && line + 1 < end) {
            int next = after(bytes, line, end);
            switch (bytes.getByte(line) | 0x20) {
                case '\r' | 0x20 -> {
                    boolean whole = length != UNKNOWN && line + 2 + length == end && bytes.getByte(line + 1) == '\n';
                    return whole ? new WholeAnswer(status, line + 2, closing) : null;
                }
                case 'c' -> {
                    if (starts(bytes, line, end, CONTENT_LENGTH)) {
                        if (length != UNKNOWN) {
                            return null;
                        }
                        length = number(bytes, line + CONTENT_LENGTH.length, next);
                        if (length == UNKNOWN) {
                            return null;
                        }
                    } else if (starts(bytes, line, end, CONNECTION)) {
                        int value = line + CONNECTION.length;
                        closing = is(bytes, value, next, CLOSE);
                        if (!closing && !is(bytes, value, next, KEEP_ALIVE)) {
                            return null;
                        }
                    }
                }
                case 's' -> {
                    if (starts(bytes, line, end, SET_COOKIE)) {
                        return null;
                    }
                }
                case 't' -> {
                    if (starts(bytes, line, end, TRANSFER_ENCODING)) {
                        return null;
                    }
                }
                default -> {
                    // no other header says where an answer ends, or concerns a user
                }
            }
            line = next;
        }
        return null;
    }

    private static int status(ByteBuf bytes, int at) {
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = bytes.getByte(at + i) - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            status = status * 10 + digit;
        }
        return bytes.getByte(at - 1) == ' ' && (bytes.getByte(at + 3) == ' ' || bytes.getByte(at + 3) == '\r')
                ? status
                : UNKNOWN;
    }

    /// Returns where the line after that of `from` begins, or [#UNKNOWN].
    private static int after(ByteBuf bytes, int from, int end) {
        int feed = bytes.forEachByte(from, end - from, ByteProcessor.FIND_LF);
        return feed < 0 ? UNKNOWN : feed + 1;
    }

    private static boolean starts(ByteBuf bytes, int at, int end, byte[] name) {
        if (end - at < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (lower(bytes.getByte(at + i)) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the value from `at` to the line end before `next` is `word`, blanks around it left out.
    private static boolean is(ByteBuf bytes, int at, int next, byte[] word) {
        int from = skipBlanks(bytes, at, next);
        if (!starts(bytes, from, next, word)) {
            return false;
        }
        return skipBlanks(bytes, from + word.length, next) == next - 2;
    }

    private static int number(ByteBuf bytes, int at, int next) {
        int from = skipBlanks(bytes, at, next);
        int number = 0;
        int place = from;
        for (; place < next && bytes.getByte(place) >= '0' && bytes.getByte(place) <= '9'; place++) {
            number = number * 10 + bytes.getByte(place) - '0';
            if (number > LONGEST / 10) {
                return UNKNOWN;
            }
        }
        return place > from && skipBlanks(bytes, place, next) == next - 2 ? number : UNKNOWN;
    }

    private static int skipBlanks(ByteBuf bytes, int at, int end) {
        int place = at;
        while (place < end && (bytes.getByte(place) == ' ' || bytes.getByte(place) == '\t')) {
            place++;
        }
        return place;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 0x20 : letter;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
