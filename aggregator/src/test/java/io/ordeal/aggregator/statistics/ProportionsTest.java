package io.ordeal.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionsTest {
    /// Newcombe, Statistics in Medicine 17 (1998), table II, example (a), method 10: 56/70 less 48/80.
    @Test
    void findsTheIntervalOfADifferenceAsPublished() {
        var difference = Proportions.difference(48, 80, 56, 70, 0.95).orElseThrow();
        assertThat(difference.estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.low()).isCloseTo(0.0524, within(5e-5));
        assertThat(difference.high()).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void staysWithinZeroAndOne() {
        var none = Proportions.ratio(0, 50, 0.95).orElseThrow();
        assertThat(none.low()).isCloseTo(0, within(1e-12));
        assertThat(none.high()).isBetween(0.05, 0.1);
        assertThat(Proportions.ratio(50, 50, 0.95).orElseThrow().high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void saysNothingAboutNothing() {
        assertThat(Proportions.ratio(0, 0, 0.95)).isEmpty();
        assertThat(Proportions.difference(1, 2, 0, 0, 0.95)).isEmpty();
    }
}
