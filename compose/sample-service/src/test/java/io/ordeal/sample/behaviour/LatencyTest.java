package io.ordeal.sample.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class LatencyTest {

    private static final int SAMPLES = 100_000;

    @Property(tries = 200)
    void noSampleIsNegativeOrLongerThanTheLongest(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 600_000) double ms) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Latency latency : new Latency[] {
            new Latency.Constant(ms),
            new Latency.Uniform(0, ms),
            new Latency.Normal(ms, 3 * ms),
            new Latency.LogNormal(ms, 600_000),
            new Latency.Exponential(ms)
        }) {
            assertThat(latency.sampleNanos(random)).isBetween(0L, 600_000_000_000L);
        }
    }

    @Test
    void logNormalHasTheMedianAndTheP99ThatItWasGiven() {
        double[] sorted = sorted(new Latency.LogNormal(20, 100));
        assertThat(sorted[SAMPLES / 2]).isCloseTo(20, within(0.5));
        assertThat(sorted[SAMPLES * 99 / 100]).isCloseTo(100, within(5.0));
    }

    @Test
    void uniformFillsItsRangeEvenly() {
        double[] sorted = sorted(new Latency.Uniform(10, 30));
        assertThat(sorted[0]).isBetween(10.0, 10.1);
        assertThat(sorted[SAMPLES / 4]).isCloseTo(15, within(0.3));
        assertThat(sorted[SAMPLES - 1]).isBetween(29.9, 30.0);
    }

    @Test
    void normalAndExponentialHaveTheMeanThatTheyWereGiven() {
        assertThat(mean(new Latency.Normal(50, 5))).isCloseTo(50, within(0.5));
        assertThat(mean(new Latency.Exponential(50))).isCloseTo(50, within(1.0));
    }

    @Test
    void theSameSeedGivesTheSameSamples() {
        assertThat(sorted(new Latency.Exponential(7))).isEqualTo(sorted(new Latency.Exponential(7)));
    }

    private static double mean(Latency latency) {
        return Arrays.stream(sorted(latency)).average().orElseThrow();
    }

    private static double[] sorted(Latency latency) {
        SplittableRandom random = new SplittableRandom(42);
        double[] samples = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = latency.sampleNanos(random) / 1e6;
        }
        Arrays.sort(samples);
        return samples;
    }
}
