package io.ordeal.aggregator.judge;

import java.nio.ByteBuffer;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/// Histograms of microseconds with 3 significant digits, and their bytes.
///
/// Values are clamped to 0 .. 1 h, never refused: the exact mean and maximum are kept beside (see [Tally]).
public final class Histograms {
    /// The greatest value that is told apart, microseconds.
    public static final long CEILING = 3_600_000_000L;

    private static final int DIGITS = 3;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Histograms() {}

    /// Returns a histogram that grows with its values, with counts of 32 bits: half the memory, for one window.
    public static AbstractHistogram narrow() {
        return new IntCountsHistogram(DIGITS);
    }

    /// Returns a histogram that grows with its values, with counts of 64 bits, for a run.
    public static AbstractHistogram wide() {
        return new Histogram(DIGITS);
    }

    /// Counts `value` once.
    public static void record(AbstractHistogram histogram, long value) {
        histogram.recordValue(Math.clamp(value, 0, CEILING));
    }

    /// Returns the V2 encoding. It depends on the counts only, not on how the histogram came to its size; empty for
    /// an
    /// empty one.
    public static byte[] encode(AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new byte[0];
        }
        var scratch = SCRATCH.get();
        scratch.canonical.reset();
        scratch.canonical.add(histogram);
        scratch.buffer.clear();
        int length = scratch.canonical.encodeIntoByteBuffer(scratch.buffer);
        var bytes = new byte[length];
        scratch.buffer.flip().get(bytes);
        return bytes;
    }

    /// Adds the counts that `encoded` holds to `target`.
    public static void decodeInto(byte[] encoded, AbstractHistogram target) {
        if (encoded.length > 0) {
            target.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(encoded), 0));
        }
    }

    /// The buffers of one thread: a histogram of the full range and room for its encoding.
    private static final class Scratch {
        private final Histogram canonical = new Histogram(1, CEILING, DIGITS);
        private final ByteBuffer buffer = ByteBuffer.allocate(canonical.getNeededByteBufferCapacity());
    }
}
