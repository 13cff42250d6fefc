package io.ordeal.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ordeal.aggregator.judge.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PercentileShiftTest {
    @Test
    void findsAShiftThatIsThere() {
        var shift = PercentileShift.between(run(60, 1, 1.0), run(60, 2, 1.1), 99, 0.95, 300, 5)
                .orElseThrow();
        assertThat(shift.estimate()).isCloseTo(0.1, within(0.03));
        assertThat(shift.above(0)).isTrue();
        assertThat(shift.low()).isLessThan(0.1);
        assertThat(shift.high()).isGreaterThan(0.1);
    }

    @Test
    void coversNoShiftAboutAsOftenAsItPromises() {
        int covered = 0;
        for (int i = 0; i < 60; i++) {
            var shift = PercentileShift.between(run(30, 100 + i, 1), run(30, 900 + i, 1), 95, 0.95, 100, i)
                    .orElseThrow();
            covered += shift.above(0) || shift.below(0) ? 0 : 1;
        }
        assertThat(covered).isGreaterThan(50);
    }

    @Test
    void givesTheSameAnswerForTheSameSeed() {
        var first = run(20, 1, 1);
        var second = run(20, 2, 1);
        assertThat(PercentileShift.between(first, second, 99, 0.95, 100, 9))
                .isEqualTo(PercentileShift.between(first, second, 99, 0.95, 100, 9));
    }

    @Test
    void saysNothingAboutAFewWindows() {
        assertThat(PercentileShift.between(run(9, 1, 1), run(20, 2, 1), 99, 0.95, 100, 9))
                .isEmpty();
    }

    /// Windows of 200 requests whose level wanders from one to the next.
    private static List<Counts> run(int windows, long seed, double factor) {
        var random = new SplittableRandom(seed);
        var counts = new ArrayList<Counts>();
        double level = 0;
        for (int i = 0; i < windows; i++) {
            level = 0.5 * level + 0.05 * (random.nextDouble() - 0.5);
            var window = new Counts();
            for (int j = 0; j < 200; j++) {
                double micros = 10_000 * factor * (1 + level) * (1 + random.nextDouble());
                window.record((long) micros);
            }
            counts.add(window);
        }
        return counts;
    }
}
