package io.ordeal.generator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TraceParentTest {
    @Test
    void followsFromRunSegmentEpochAndIndex() {
        var header = new TraceParent("k7xm-2q9d", 3, 5).of(7);

        assertThat(header).matches("00-[0-9a-f]{16}0003000500000007-[0-9a-f]{16}-00");
        assertThat(new TraceParent("k7xm-2q9d", 3, 5).of(7)).isEqualTo(header);
        assertThat(new TraceParent("other", 3, 5).of(7)).isNotEqualTo(header);
    }

    @Test
    void marksOneInAHundredAsSampled() {
        var trace = new TraceParent("run", 0, 1);

        assertThat(LongStream.range(0, 1000)
                        .filter(i -> trace.of(i).endsWith("-01"))
                        .count())
                .isEqualTo(10);
    }

    @Test
    void neverRepeatsAnId() {
        var trace = new TraceParent("run", 0, 1);

        assertThat(LongStream.range(0, 1000)
                        .mapToObj(i -> trace.of(i).substring(36, 52))
                        .collect(Collectors.toSet()))
                .hasSize(1000);
    }
}
