package io.ordeal.aggregator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourDigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.1, 0.1",
        "1, 1",
        "9999, 9999",
        "10000, 10000",
        "10001, 10010",
        "99991, 100000",
        "-10001, -10010",
        "0.00012341, 0.0001235",
        "123456789, 123500000",
        "4.9E-324, 4.9E-324",
        "1e308, 1e308",
        "-0.0, 0"
    })
    void keepsFourDigitsAwayFrom0(double value, double kept) {
        assertThat(FourDigits.value(FourDigits.code(value))).isEqualTo(kept);
    }

    @Test
    void theGreatestStaysFinite() {
        assertThat(FourDigits.value(FourDigits.code(Double.MAX_VALUE))).isEqualTo(Double.MAX_VALUE);
    }

    @Property(tries = 2000)
    void isWithinAThousandthAndInOrder(@ForAll double one, @ForAll double other) {
        double kept = FourDigits.value(FourDigits.code(one));
        assertThat(Math.abs(kept)).isBetween(Math.abs(one), Math.max(Math.abs(one) * 1.001, 1e-320));
        assertThat(FourDigits.value(FourDigits.code(kept))).isEqualTo(kept);
        if (one < other) {
            assertThat(FourDigits.code(one)).isLessThanOrEqualTo(FourDigits.code(other));
        }
    }
}
