package io.ordeal.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
    @Test
    void findsWhereTheLevelChanged() {
        var changes = ChangePoints.of(history(60, i -> i < 25 ? 100 : i < 45 ? 120 : 90), 0.001, 0.02);
        assertThat(changes).extracting(ChangePoints.Change::index).containsExactly(25, 45);
        assertThat(changes.getFirst().before()).isBetween(98.0, 102.0);
        assertThat(changes.getFirst().after()).isBetween(118.0, 122.0);
        assertThat(changes.getFirst().significance()).isLessThan(1e-6);
    }

    @Test
    void findsNothingInNoise() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var values = IntStream.range(0, 80)
                    .mapToDouble(_ -> 100 + random.nextDouble() * 10)
                    .toArray();
            assertThat(ChangePoints.of(values, 0.001, 0.02)).isEmpty();
        }
    }

    @Test
    void passesOverASingleOutlier() {
        var values = history(40, _ -> 100);
        values[20] = 500;
        assertThat(ChangePoints.of(values, 0.001, 0.02)).isEmpty();
    }

    @Test
    void passesOverAChangeThatIsTooSmallToMatter() {
        assertThat(ChangePoints.of(history(60, i -> i < 30 ? 1000 : 1010), 0.001, 0.02))
                .isEmpty();
        assertThat(ChangePoints.of(history(60, i -> i < 30 ? 1000 : 1010), 0.001, 0.005))
                .hasSize(1);
    }

    @Test
    void findsAChangeBetweenLevelsWithoutNoise() {
        var values = IntStream.range(0, 20).mapToDouble(i -> i < 8 ? 1 : 2).toArray();
        assertThat(ChangePoints.of(values, 0.001, 0.02))
                .singleElement()
                .satisfies(change -> assertThat(change.index()).isEqualTo(8));
    }

    @Test
    void findsNothingInAFewValues() {
        assertThat(ChangePoints.of(new double[] {1, 1, 9, 9, 9}, 0.001, 0.02)).isEmpty();
        assertThat(ChangePoints.of(new double[0], 0.001, 0.02)).isEmpty();
    }

    private static double[] history(int length, IntToDoubleFunction level) {
        var random = new SplittableRandom(3);
        return IntStream.range(0, length)
                .mapToDouble(i -> level.applyAsDouble(i) + random.nextDouble() * 4 - 2)
                .toArray();
    }
}
