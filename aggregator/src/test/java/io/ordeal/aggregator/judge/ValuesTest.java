package io.ordeal.aggregator.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/// [Values] and [FourDigits] against decimal arithmetic on all values.
final class ValuesTest {
    @Test
    void roundingGoesAwayFromZero() {
        assertThat(rounded(0)).isZero();
        assertThat(rounded(-0.0)).isZero();
        assertThat(rounded(0.1)).isEqualTo(0.1);
        assertThat(rounded(12.34)).isEqualTo(12.34);
        assertThat(rounded(12.341)).isEqualTo(12.35);
        assertThat(rounded(-12.341)).isEqualTo(-12.35);
        assertThat(rounded(9_999.1)).isEqualTo(10_000);
        assertThat(rounded(7)).isEqualTo(7);
        assertThat(rounded(1e300)).isEqualTo(1e300);
        assertThat(rounded(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(FourDigits.fits(Double.NaN)).isFalse();
        assertThat(FourDigits.fits(Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(FourDigits.fits(Double.MAX_VALUE))
                .as("its rounded value is too great")
                .isFalse();
    }

    @Property
    void indicesAreInTheOrderOfTheNumbers(@ForAll double one, @ForAll double other) {
        if (FourDigits.fits(one) && FourDigits.fits(other)) {
            assertThat(rounded(one)).isEqualTo(decimal(one));
            assertThat(Integer.compare(FourDigits.index(one), FourDigits.index(other)))
                    .isEqualTo(Double.compare(decimal(one), decimal(other)));
        }
    }

    @Property
    void statisticsAreExactAndWritingLosesNothing(
            @ForAll @NotEmpty List<@DoubleRange(min = -2000, max = 2000) Double> some,
            @ForAll List<@DoubleRange(min = -1, max = 1) Double> others,
            @ForAll @DoubleRange(min = 0.1, max = 100) double rank) {
        var values = new Values();
        some.forEach(values::record);
        var more = new Values();
        others.forEach(more::record);
        var out = new ByteWriter();
        more.write(out);
        values.addFrom(new ByteReader(out.toBytes()));

        var sorted = java.util.stream.Stream.concat(some.stream(), others.stream())
                .map(ValuesTest::decimal)
                .sorted()
                .toList();
        var sum = sorted.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(values.count()).isEqualTo(sorted.size());
        assertThat(values.statistic(new Statistic.Least())).isEqualTo(sorted.getFirst());
        assertThat(values.statistic(new Statistic.Greatest())).isEqualTo(sorted.getLast());
        assertThat(values.statistic(new Statistic.Average()))
                .isEqualTo(sum.divide(BigDecimal.valueOf(sorted.size()), MathContext.DECIMAL128)
                        .doubleValue());
        assertThat(values.statistic(new Statistic.Rank(rank)))
                .isEqualTo(sorted.get((int) Math.ceil(rank * sorted.size() / 100 - 1e-9) - 1));
        assertThat(values.within(Comparison.LESS, 0.5))
                .isEqualTo(sorted.stream().filter(value -> value < 0.5).count());
    }

    private static double rounded(double value) {
        return FourDigits.value(FourDigits.index(value));
    }

    private static double decimal(double value) {
        var rounded = BigDecimal.valueOf(value).round(new MathContext(4, RoundingMode.UP));
        return rounded.signum() == 0 ? 0 : rounded.doubleValue();
    }
}
