package io.ordeal.aggregator.judge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow as numbers and texts are put into them; [ByteReader] takes them out in the same order.
///
/// The form of what the aggregator keeps for itself: state and the records between its two stages.
public final class ByteWriter {
    private byte[] buffer = new byte[256];
    private int at;

    /// Puts a number: zigzag, 7 bits a byte.
    public ByteWriter number(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        return this;
    }

    /// Puts a real number.
    public ByteWriter real(double value) {
        return number(Double.doubleToRawLongBits(value));
    }

    /// Puts a truth value.
    public ByteWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    /// Puts a text.
    public ByteWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Puts bytes and their length.
    public ByteWriter bytes(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, at, value.length);
        at += value.length;
        return this;
    }

    /// Returns everything that was put.
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, at);
    }

    private void ensure(int more) {
        if (at + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + more));
        }
    }
}
