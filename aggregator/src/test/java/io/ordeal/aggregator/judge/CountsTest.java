package io.ordeal.aggregator.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// [Counts] against the library whose buckets they are.
final class CountsTest {
    @Property(tries = 300)
    void sayWhatHdrHistogramSays(
            @ForAll List<@LongRange(min = 0, max = Histograms.CEILING) Long> values,
            @ForAll @LongRange(min = 1, max = 40_000_000) long scale,
            @ForAll @DoubleRange(min = 0.1, max = 100) double rank) {
        var counts = new Counts();
        var histogram = new Histogram(1, Histograms.CEILING, 3);
        for (long value : values) {
            counts.record(value % scale);
            histogram.recordValue(value % scale);
        }

        assertThat(counts.total()).isEqualTo(histogram.getTotalCount());
        assertThat(counts.percentile(rank)).isEqualTo(histogram.getValueAtPercentile(rank));
        assertThat(counts.below(scale / 2, true))
                .isEqualTo(histogram.getCountBetweenValues(0, histogram.highestEquivalentValue(scale / 2)));
        assertThat(Counts.highest(scale)).isEqualTo(histogram.highestEquivalentValue(scale));
        if (!values.isEmpty()) {
            assertThat(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(Histograms.encode(counts)), 0))
                    .isEqualTo(histogram);
        }
    }

    @Property(tries = 100)
    void addingAndWritingLoseNothing(
            @ForAll List<@LongRange(min = 0, max = 10_000_000) Long> some,
            @ForAll List<@LongRange(min = 0, max = 10_000_000) Long> others) {
        var all = new Counts();
        var left = new Counts();
        some.forEach(left::record);
        some.forEach(all::record);
        var right = new Counts();
        others.forEach(right::record);
        others.forEach(all::record);

        var out = new ByteWriter();
        right.write(out);
        left.addFrom(new ByteReader(out.toBytes()));

        assertThat(Histograms.encode(left)).isEqualTo(Histograms.encode(all));
        assertThat(left.total()).isEqualTo(all.total());
    }

    @Test
    void whatIsBeyondTheRangeIsClamped() {
        var counts = new Counts();
        counts.record(Long.MAX_VALUE);
        counts.record(-1);

        assertThat(counts.below(0, true)).isEqualTo(1);
        assertThat(counts.percentile(100)).isEqualTo(Counts.highest(Histograms.CEILING));
        assertThat(new Counts().percentile(99)).isZero();
    }
}
