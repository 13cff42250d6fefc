package io.ordeal.aggregator.judge;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/// HdrHistograms of microseconds with 3 significant digits, and their bytes: the form in which everyone else has
/// [Counts].
///
/// Values are clamped to 0 .. 1 h, never refused: the exact mean and maximum are kept beside (see [Tally]).
public final class Histograms {
    /// The greatest value that is told apart, microseconds.
    public static final long CEILING = 3_600_000_000L;

    private static final int DIGITS = 3;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Histograms() {}

    /// Returns the V2 encoding of `counts`; empty where there are none.
    public static byte[] encode(Counts counts) {
        if (counts.total() == 0) {
            return new byte[0];
        }
        var scratch = SCRATCH.get();
        scratch.canonical.reset();
        counts.forEach((lowest, _, count) -> scratch.canonical.recordValueWithCount(lowest, count));
        scratch.buffer.clear();
        int length = scratch.canonical.encodeIntoByteBuffer(scratch.buffer);
        var bytes = new byte[length];
        scratch.buffer.flip().get(bytes);
        return bytes;
    }

    /// The buffers of one thread: a histogram of the full range and room for its encoding.
    private static final class Scratch {
        private final Histogram canonical = new Histogram(1, CEILING, DIGITS);
        private final ByteBuffer buffer = ByteBuffer.allocate(canonical.getNeededByteBufferCapacity());
    }
}
