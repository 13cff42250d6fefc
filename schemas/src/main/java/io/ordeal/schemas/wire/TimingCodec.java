package io.ordeal.schemas.wire;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.load.Timing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;

/// Avro binary for [RequestTiming] written and read by hand: the same bytes as [RecordCodec], a tenth of the time.
///
/// Not thread-safe: one per thread, with a buffer of its own.
public final class TimingCodec {
    private static final int REQUEST_BRANCH = 0;
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final RecordCodec<Timing> general = RecordCodec.of(Topic.TIMINGS, Timing.class);
    private byte[] buffer = new byte[512];
    private int at;
    private String run = "";
    private byte[] runBytes = {};

    /// Returns `prefix` followed by the event in Avro binary.
    public byte[] encode(byte[] prefix, String run, int segment, int epoch, RequestTiming event) {
        at = 0;
        var id = bytesOf(run);
        ensure(prefix.length + id.length + 256);
        put(prefix);
        number(id.length);
        put(id);
        number(segment);
        number(epoch);
        number(REQUEST_BRANCH);
        request(event);
        return Arrays.copyOf(buffer, at);
    }

    private void request(RequestTiming event) {
        number(event.sequence());
        number(event.index());
        number(event.phase());
        number(event.request());
        number(event.user());
        number(event.attempt());
        number(event.ended());
        number(event.response());
        number(event.delay());
        number(event.blocked());
        number(event.connect());
        number(event.tls());
        number(event.firstByte());
        number(event.outcome().ordinal());
        number(event.status());
        number(event.bytesOut());
        number(event.bytesIn());
        event.measures().ifPresentOrElse(this::measures, () -> number(0));
    }

    private void measures(Map<String, Double> measures) {
        number(1);
        if (!measures.isEmpty()) {
            number(measures.size());
            measures.forEach((name, value) -> {
                var text = name.getBytes(StandardCharsets.UTF_8);
                ensure(text.length + 32);
                number(text.length);
                put(text);
                real(value);
            });
        }
        number(0);
    }

    /// Returns the timing that `bytes` hold from `offset` to their end.
    ///
    /// @throws AvroRuntimeException when they hold none
    public Timing decode(byte[] bytes, int offset) {
        var in = new Cursor(bytes, offset);
        var runId = text(in);
        int segment = in.integer();
        int epoch = in.integer();
        if (in.number() != REQUEST_BRANCH) {
            return general.decode(bytes, offset, general.schema());
        }
        var timing = new Timing(runId, segment, epoch, request(in));
        in.expectEnd();
        return timing;
    }

    private static RequestTiming request(Cursor in) {
        return new RequestTiming(
                in.number(),
                in.number(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.number(),
                in.number(),
                in.number(),
                in.integer(),
                in.integer(),
                in.integer(),
                in.number(),
                in.outcome(),
                in.integer(),
                in.integer(),
                in.integer(),
                measures(in));
    }

    private static Optional<Map<String, Double>> measures(Cursor in) {
        if (in.number() == 0) {
            return Optional.empty();
        }
        var measures = new HashMap<String, Double>();
        for (long count = in.number(); count != 0; count = in.number()) {
            if (count < 0) { // Avro may put the block's size in bytes after a negative count
                in.number();
                count = -count;
            }
            for (long i = 0; i < count; i++) {
                measures.put(in.text(), in.real());
            }
        }
        return Optional.of(measures);
    }

    /// Decoding the same few run ids for every event would make garbage: the last one is kept.
    private String text(Cursor in) {
        int length = in.integer();
        if (in.matches(runBytes, length)) {
            in.skip(length);
            return run;
        }
        run = in.text(length);
        runBytes = run.getBytes(StandardCharsets.UTF_8);
        return run;
    }

    private byte[] bytesOf(String id) {
        if (!id.equals(run)) {
            run = id;
            runBytes = id.getBytes(StandardCharsets.UTF_8);
        }
        return runBytes;
    }

    private void ensure(int more) {
        if (at + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + more));
        }
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, at, bytes.length);
        at += bytes.length;
    }

    /// Zigzag and 7 bits a byte, as in the Avro specification, "Binary encoding".
    private void number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
    }

    private void real(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            buffer[at++] = (byte) (bits >>> shift);
        }
    }

    /// A place in bytes that are being read.
    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long number() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte next = bytes[need(1)];
                at++;
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return (value >>> 1) ^ -(value & 1);
                }
            }
            throw new AvroRuntimeException("a number of more than 64 bits");
        }

        int integer() {
            long value = number();
            if (value != (int) value) {
                throw new AvroRuntimeException("not an int: " + value);
            }
            return (int) value;
        }

        double real() {
            need(8);
            long bits = 0;
            for (int shift = 0; shift < 64; shift += 8) {
                bits |= (bytes[at++] & 0xFFL) << shift;
            }
            return Double.longBitsToDouble(bits);
        }

        Outcome outcome() {
            int ordinal = integer();
            if (ordinal < 0 || ordinal >= OUTCOMES.length) {
                throw new AvroRuntimeException("no outcome " + ordinal);
            }
            return OUTCOMES[ordinal];
        }

        String text() {
            return text(integer());
        }

        String text(int length) {
            int from = need(length);
            at += length;
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }

        boolean matches(byte[] other, int length) {
            return other.length == length
                    && at + length <= bytes.length
                    && Arrays.equals(bytes, at, at + length, other, 0, length);
        }

        void skip(int length) {
            at += length;
        }

        void expectEnd() {
            if (at != bytes.length) {
                throw new AvroRuntimeException("bytes left over after the record");
            }
        }

        private int need(int length) {
            if (length < 0 || length > bytes.length - at) {
                throw new AvroRuntimeException("the record ends too early");
            }
            return at;
        }
    }
}
