package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.schemas.results.Direction;
import io.ordeal.schemas.results.Trend;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrendFinderTest {
    @Test
    void saysWhereEachReadingWent() {
        var random = new SplittableRandom(1);
        var trends = new Case(110)
                .reading("a", "falls", 0, 110, at -> 1000.0 - at)
                .reading("a", "flat", 0, 110, _ -> 1000 + random.nextDouble())
                .reading("a", "none", 0, 19, at -> at)
                .reading("a", "rises", 0, 110, at -> 1000.0 + at)
                .reading("a", "unclear", 0, 110, _ -> random.nextDouble())
                .reading("a", "zero", 0, 110, _ -> 0)
                .judged()
                .trends();

        assertThat(trends).extracting(Trend::subject).containsExactly("falls", "flat", "rises", "unclear", "zero");
        assertThat(trends)
                .extracting(Trend::direction)
                .containsExactly(
                        Direction.FALLING, Direction.FLAT, Direction.RISING, Direction.UNCLEAR, Direction.FLAT);
        assertThat(trends).extracting(Trend::source).containsOnly("host/a");
        assertThat(trends).extracting(Trend::points).containsOnly(100L);
        var rises = trends.get(2);
        assertThat(rises.perHour()).isCloseTo(3600, within(1e-6));
        assertThat(rises.level()).isEqualTo(1059.5);
        assertThat(rises.unit()).isEmpty();
    }
}
