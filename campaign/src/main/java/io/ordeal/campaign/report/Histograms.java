package io.ordeal.campaign.report;

import io.ordeal.schemas.results.Latency;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Histograms of latencies in microseconds, as results carry them.
final class Histograms {
    private static final int DIGITS = 3;

    private Histograms() {}

    /// Returns an empty histogram that grows.
    static Histogram empty() {
        return new Histogram(DIGITS);
    }

    /// Returns what the bytes hold; no bytes hold an empty histogram.
    static Histogram decoded(ByteBuffer bytes) {
        return bytes.hasRemaining() ? Histogram.decodeFromByteBuffer(bytes.duplicate(), 0) : empty();
    }

    /// Returns the percentiles, or nothing for an empty histogram: no data is not a value.
    static Optional<Latency> latency(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Latency(
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue()));
    }

    /// Returns the bytes of a histogram, the reverse of [#decoded].
    static ByteBuffer encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        return buffer.flip();
    }
}
