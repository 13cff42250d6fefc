package io.ordeal.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankSumTest {
    private static final double[] FIRST = {12, 15, 11, 18, 14, 13, 16, 17, 15};
    private static final double[] SECOND = {14, 19, 17, 20, 16, 18, 21, 15};

    /// The expected values are those of SciPy 1.17: `mannwhitneyu(a, b, method='asymptotic')`, U = 14 of 72.
    @Test
    void comparesAsOthersDo() {
        var found = RankSum.of(FIRST, SECOND).orElseThrow();
        assertThat(found.superiority()).isCloseTo(1 - 14.0 / 72, within(1e-12));
        assertThat(found.significance()).isCloseTo(0.037612294341135284, within(1e-9));
    }

    @Test
    void findsNoDifferenceBetweenEqualSamples() {
        var found = RankSum.of(FIRST, FIRST).orElseThrow();
        assertThat(found.superiority()).isEqualTo(0.5);
        assertThat(found.significance()).isCloseTo(1, within(0.05));
    }

    @Test
    void findsNoDifferenceBetweenConstants() {
        var found = RankSum.of(new double[10], new double[12]).orElseThrow();
        assertThat(found).isEqualTo(new RankSum(0.5, 1));
    }

    @Test
    void saysNothingAboutAFewValues() {
        assertThat(RankSum.of(new double[7], SECOND)).isEmpty();
    }
}
