package io.ordeal.aggregator.judge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers of four significant digits, each with an index; indices are in the order of the numbers.
///
/// A number is rounded away from 0, starting at its shortest decimal form: 0.1 stays 0.1, 12.341 becomes 12.35.
public final class FourDigits {
    private static final MathContext ROUNDING = new MathContext(4, RoundingMode.UP);
    private static final double GREATEST = 1.797e308;
    /// Mantissas have four digits, and exponents are from -327 to 304.
    private static final int MANTISSAS = 10_000;
    private static final int BIAS = 400;

    private FourDigits() {}

    /// Whether `value` has an index: it is finite, and still is when it has been rounded.
    public static boolean fits(double value) {
        return Math.abs(value) <= GREATEST;
    }

    /// Returns the index of `value`, which [#fits].
    public static int index(double value) {
        if (value == 0) {
            return 0;
        }
        var rounded = BigDecimal.valueOf(Math.abs(value)).round(ROUNDING);
        int spare = ROUNDING.getPrecision() - rounded.precision();
        int mantissa = rounded.unscaledValue().intValueExact();
        for (int i = 0; i < spare; i++) {
            mantissa *= 10;
        }
        int index = (BIAS - rounded.scale() - spare) * MANTISSAS + mantissa;
        return value < 0 ? -index : index;
    }

    /// Returns the number with this index, exactly.
    public static BigDecimal number(int index) {
        int size = Math.abs(index);
        if (size == 0) {
            return BigDecimal.ZERO;
        }
        var number = BigDecimal.valueOf(size % MANTISSAS).scaleByPowerOfTen(size / MANTISSAS - BIAS);
        return index < 0 ? number.negate() : number;
    }

    /// Returns the number with this index.
    public static double value(int index) {
        return number(index).doubleValue();
    }
}
