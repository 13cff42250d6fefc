package io.ordeal.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void putsTheFirstArrivalAtTheStart() {
        assertThat(Arrivals.of(3, 3, SECOND).instant(0)).isZero();
        assertThat(Arrivals.of(0, 3, SECOND).instant(0)).isZero();
    }

    @Test
    void roundsUpWhenTheRateDoesNotDivideASecond() {
        var thirds = Arrivals.of(3, 3, SECOND);

        assertThat(thirds.instant(1)).isEqualTo(333_333_334L);
        assertThat(thirds.instant(2)).isEqualTo(666_666_667L);
        assertThat(thirds.instant(3)).isEqualTo(SECOND);
    }

    @Test
    void doesNotDriftInTwelveHours() {
        long duration = 12 * 3600 * SECOND;

        assertThat(Arrivals.of(10_000, 10_000, duration).before(duration)).isEqualTo(432_000_000L);
    }

    @Property
    void followsExactlyFromTheIndexAtAConstantRate(
            @ForAll @DoubleRange(min = 0.01, max = 100_000) double rate,
            @ForAll @LongRange(min = 0, max = 10_000_000L) long n) {
        var exact = new BigDecimal(n)
                .multiply(new BigDecimal(SECOND))
                .divide(new BigDecimal(rate), new MathContext(40))
                .setScale(0, RoundingMode.CEILING);

        assertThat((double) new Arrivals.Steady(rate).instant(n))
                .isCloseTo(exact.doubleValue(), within(Math.max(1, exact.doubleValue() * 1e-15)));
    }

    @Property
    void invertsTheIntegralOfARamp(
            @ForAll @DoubleRange(min = 0, max = 5000) double from,
            @ForAll @DoubleRange(min = 0, max = 5000) double to,
            @ForAll @LongRange(min = 0, max = 20_000) long n) {
        var ramp = new Arrivals.Ramp(from, to, 10 * SECOND);
        long at = ramp.instant(n);
        if (at <= 10 * SECOND) {
            double seconds = at / 1e9;

            assertThat(from * seconds + (to - from) / 10 * seconds * seconds / 2)
                    .isCloseTo((double) n, within(1e-4));
        }
    }

    @Property
    void countsWhatIsDueBeforeAnInstant(
            @ForAll @DoubleRange(min = 0, max = 3000) double from,
            @ForAll @DoubleRange(min = 0, max = 3000) double to,
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) long offset) {
        var arrivals = Arrivals.of(from, to, 10 * SECOND);

        long before = arrivals.before(offset);

        assertThat(before == 0 || arrivals.instant(before - 1) < offset).isTrue();
        assertThat(arrivals.instant(before)).isGreaterThanOrEqualTo(offset);
    }

    @Test
    void neverComesAtRateZero() {
        assertThat(Arrivals.of(0, 0, SECOND).before(SECOND)).isZero();
    }
}
