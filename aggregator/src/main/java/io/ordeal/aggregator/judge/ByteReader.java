package io.ordeal.aggregator.judge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes out of bytes what a [ByteWriter] has put into them, in the same order.
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    /// Starts at the first of `bytes`.
    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes a number.
    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalStateException("a number of more than 64 bits at " + at);
    }

    /// Takes a number that is an index, a size or a small count.
    public int integer() {
        return Math.toIntExact(number());
    }

    /// Takes a real number.
    public double real() {
        return Double.longBitsToDouble(number());
    }

    /// Takes a truth value.
    public boolean flag() {
        return number() != 0;
    }

    /// Takes a text.
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// Takes bytes.
    public byte[] bytes() {
        int length = integer();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /// Whether everything was taken.
    public boolean atEnd() {
        return at == bytes.length;
    }
}
