package io.ordeal.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double[] RISING = {
        3.1, 2.9, 3.4, 3.8, 3.3, 4.1, 4.0, 4.4, 4.2, 4.9, 5.1, 4.8, 5.3, 5.2, 5.9, 5.7, 6.1, 6.0, 6.4, 6.6
    };

    /// The expected values are those of SciPy 1.17: `theilslopes(y, x, 0.95)` and `kendalltau(x, y)`.
    @Test
    void findsTheSlopeAndItsIntervalAsOthersDo() {
        var trend = trend(RISING);
        assertThat(trend.slope().estimate()).isCloseTo(0.18944444444444447, within(1e-12));
        assertThat(trend.slope().low()).isCloseTo(0.17058823529411765, within(1e-12));
        assertThat(trend.slope().high()).isCloseTo(0.2076923076923077, within(1e-12));
        assertThat(trend.tau()).isCloseTo(0.8947368421052632, within(1e-12));
        assertThat(trend.significance()).isCloseTo(3.477337434535994e-08, within(1e-12));
    }

    @Test
    void takesEqualValuesIntoAccountAsOthersDo() {
        var trend = trend(Arrays.stream(RISING).map(Math::rint).toArray());
        assertThat(trend.slope().estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(trend.slope().low()).isCloseTo(0.16666666666666666, within(1e-12));
        assertThat(trend.slope().high()).isCloseTo(0.2222222222222222, within(1e-12));
        assertThat(trend.tau()).isCloseTo(0.8886002417343749, within(1e-12));
    }

    @Test
    void isNotMovedByOutliers() {
        var values = RISING.clone();
        values[3] = 1_000;
        values[17] = -1_000;
        assertThat(trend(values).slope().estimate()).isCloseTo(0.19, within(0.01));
    }

    @Test
    void seesNoTrendInAConstant() {
        var trend = trend(new double[50]);
        assertThat(trend.slope()).isEqualTo(new Interval(0, 0, 0));
        assertThat(trend.significance()).isEqualTo(1);
        assertThat(trend.tau()).isZero();
    }

    @Test
    void isNotFooledBySlowWaves() {
        var random = new SplittableRandom(7);
        int found = 0;
        int naive = 0;
        for (int run = 0; run < 200; run++) {
            var values = new double[200];
            for (int i = 1; i < values.length; i++) { // what follows depends on what was: no trend, but waves
                values[i] = 0.9 * values[i - 1] + random.nextDouble() - 0.5;
            }
            var trend = trend(values);
            found += trend.slope().above(0) || trend.slope().below(0) ? 1 : 0;
            naive += Math.abs(trend.tau()) > 1.96 * Math.sqrt(2.0 * (2 * 200 + 5) / (9.0 * 200 * 199)) ? 1 : 0;
        }
        assertThat(naive).as("significant without the correction").isGreaterThan(80);
        assertThat(found).as("significant with it").isLessThan(naive / 3);
    }

    @Test
    void looksAtLongSeriesThinned() {
        int n = 43_200;
        var times = IntStream.range(0, n).asDoubleStream().toArray();
        var values =
                Arrays.stream(times).map(t -> 100 + t / 3600 * 5 + Math.sin(t)).toArray();
        var trend = Trend.of(new Series(times, values), 0.95).orElseThrow();
        assertThat(trend.slope().estimate() * 3600).isCloseTo(5, within(0.01));
        assertThat(trend.samples()).isEqualTo(400);
    }

    @Test
    void saysNothingAboutAFewPoints() {
        assertThat(Trend.of(new Series(new double[9], new double[9]), 0.95)).isEmpty();
    }

    private static Trend trend(double[] values) {
        var times = IntStream.range(0, values.length).asDoubleStream().toArray();
        return Trend.of(new Series(times, values), 0.95).orElseThrow();
    }
}
