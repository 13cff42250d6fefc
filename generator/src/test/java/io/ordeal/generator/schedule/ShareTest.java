package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ShareTest {
    @Property
    void sharesOfAllSegmentsAreTheWhole(
            @ForAll @IntRange(min = 1, max = 64) int segments, @ForAll @LongRange(min = 0, max = 1000) long total) {
        assertThat(IntStream.range(0, segments)
                        .mapToLong(s -> new Share(s, segments).of(total))
                        .sum())
                .isEqualTo(total);
    }

    @Property
    void fromIsTheLeastOwnNumber(
            @ForAll @IntRange(min = 1, max = 64) int segments,
            @ForAll @IntRange(min = 0, max = 63) int segment,
            @ForAll @LongRange(min = 0, max = 1000) long number) {
        var share = new Share(segment % segments, segments);

        long from = share.from(number);

        assertThat(from % segments).isEqualTo(share.segment());
        assertThat(from - number).isBetween(0L, segments - 1L);
    }

    @Test
    void refusesASegmentThatDoesNotExist() {
        assertThatThrownBy(() -> new Share(3, 3)).hasMessageContaining("segment 3 of 3");
    }
}
