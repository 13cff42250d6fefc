package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PoissonTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MANY = 100_000;

    @Test
    void hasExponentialGaps() {
        var process = UnitProcess.of(new Seed(42), MANY + 1);
        var gaps = IntStream.range(1, MANY).mapToDouble(n -> process.at(n) - process.at(n - 1L));

        assertThat(kolmogorovSmirnov(gaps, gap -> 1 - Math.exp(-gap))).isLessThan(critical(MANY - 1));
    }

    @Test
    void hasExponentialGapsWhereBlocksMeet() {
        int blocks = 5_000;
        var process = UnitProcess.of(new Seed(7), blocks * 1024L + 1);
        var gaps = LongStream.range(1, blocks).mapToDouble(b -> process.at(b * 1024) - process.at(b * 1024 - 1));

        assertThat(kolmogorovSmirnov(gaps, gap -> 1 - Math.exp(-gap))).isLessThan(critical(blocks - 1));
    }

    @Test
    void countsVaryAsMuchAsTheyAreOnAverage() {
        var arrivals = Poisson.of(new Arrivals.Steady(20), MANY * SECOND, new Seed(42));
        long[] counts = IntStream.range(0, MANY / 10)
                .mapToLong(second -> arrivals.before((second + 1) * SECOND) - arrivals.before(second * SECOND))
                .toArray();
        double mean = LongStream.of(counts).average().orElseThrow();
        double variance = LongStream.of(counts)
                .mapToDouble(count -> (count - mean) * (count - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(20, within(0.15));
        assertThat(variance / mean).isCloseTo(1, within(0.05));
    }

    @Test
    void followsTheRateThatItIsGiven() {
        var arrivals = Poisson.of(new Arrivals.Ramp(0, 2000, 100 * SECOND), 100 * SECOND, new Seed(1));

        assertThat((double) arrivals.before(50 * SECOND)).isCloseTo(25_000, within(500.0));
        assertThat((double) arrivals.before(100 * SECOND)).isCloseTo(100_000, within(1000.0));
    }

    @Test
    void scattersAGivenNumberEquallyLikelyEverywhere() {
        var arrivals = Poisson.of(new Evenly(MANY, 60 * SECOND), 60 * SECOND, new Seed(9));
        var places = IntStream.range(0, MANY).mapToDouble(n -> (double) arrivals.instant(n));

        assertThat(kolmogorovSmirnov(places, at -> at / (60.0 * SECOND))).isLessThan(critical(MANY));
        assertThat(arrivals.before(60 * SECOND)).isEqualTo(MANY);
        assertThat(arrivals.instant(MANY)).isEqualTo(Arrivals.NEVER);
    }

    @Test
    void comesAgainWithItsSeedAndDiffersWithAnother() {
        var one = Poisson.of(new Arrivals.Steady(100), 60 * SECOND, new Seed(4));

        assertThat(one.instant(3000))
                .isEqualTo(Poisson.of(new Arrivals.Steady(100), 60 * SECOND, new Seed(4))
                        .instant(3000));
        assertThat(one.instant(3000))
                .isNotEqualTo(Poisson.of(new Arrivals.Steady(100), 60 * SECOND, new Seed(5))
                        .instant(3000));
    }

    @Test
    void isEnteredAnywhereWithoutHavingBeenElsewhere() {
        var through = Poisson.of(new Arrivals.Steady(1000), 60 * SECOND, new Seed(4));
        var straight = Poisson.of(new Arrivals.Steady(1000), 60 * SECOND, new Seed(4));
        LongStream.range(0, 50_000).forEach(through::instant);

        assertThat(straight.instant(49_999)).isEqualTo(through.instant(49_999));
    }

    /// The greatest distance between the samples' distribution and `expected`.
    private static double kolmogorovSmirnov(DoubleStream samples, DoubleUnaryOperator expected) {
        var sorted = samples.sorted().toArray();
        return IntStream.range(0, sorted.length)
                .mapToDouble(i -> {
                    double probability = expected.applyAsDouble(sorted[i]);
                    return Math.max(probability - (double) i / sorted.length, (i + 1.0) / sorted.length - probability);
                })
                .max()
                .orElseThrow();
    }

    /// What that distance exceeds once in a thousand times by chance.
    private static double critical(int samples) {
        return 1.95 / Math.sqrt(samples);
    }
}
