package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Seed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The W3C `traceparent` of each request of a segment, derived and never drawn, so that any timing can be turned into
/// its trace.
///
/// Trace id: the first 8 bytes of the SHA-256 of the run, then the segment and the epoch in 2 bytes each and the
/// index in 4 (each modulo its size). Parent id: those last 8 bytes, mixed. One request in a hundred is marked as
/// sampled.
final class TraceParent {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int SAMPLED_OF = 100;
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    /// Characters of a value.
    static final int LENGTH = 55;

    private final byte[] text = new byte[LENGTH];
    private final long own;
    private final long runHash;

    TraceParent(String run, int segment, int epoch) {
        runHash = hash(run) | 1; // an id of zeros alone is not valid
        own = (segment & 0xFFFFL) << 48 | (epoch & 0xFFFFL) << 32;
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        hex(TRACE, runHash);
        text[35] = '-';
        text[52] = '-';
        text[53] = '0';
    }

    /// Returns the header's value for the request with `index`. Not thread-safe.
    @SuppressWarnings("deprecation") // the constructor that takes bytes for Latin-1 is the one that does not decode
    String of(long index) {
        return new String(bytes(index), 0, 0, LENGTH);
    }

    /// Returns the same in bytes, which are good until the next call. Not thread-safe.
    byte[] bytes(long index) {
        long id = own | (index & 0xFFFFFFFFL);
        hex(TRACE + 16, id);
        hex(PARENT, Seed.mix(runHash ^ Seed.mix(id)) | 1);
        text[54] = (byte) (index % SAMPLED_OF == 0 ? '1' : '0');
        return text;
    }

    private void hex(int from, long bits) {
        for (int i = 0; i < 16; i++) {
            text[from + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 0xF];
        }
    }

    private static long hash(String run) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(run.getBytes(StandardCharsets.UTF_8));
            long hash = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                hash = hash << 8 | (digest[i] & 0xFF);
            }
            return hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
