package io.ordeal.aggregator.resources;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers with four significant digits, rounded away from 0, and small whole numbers that stand for them.
///
/// The digits are those of the shortest decimal that reads back as the number: 0.1 stays 0.1. Codes are in the order
/// of the numbers, so that a reading that hardly changes has codes that hardly change.
public final class FourDigits {
    private static final int DIGITS = 4;
    private static final MathContext AWAY_FROM_0 = new MathContext(DIGITS, RoundingMode.UP);
    private static final int LEAST = 1000;
    private static final int MANTISSAS = 9000;
    private static final int EXPONENTS = 400;

    private FourDigits() {}

    /// Returns the code of `value`, which is finite.
    public static long code(double value) {
        if (value == 0) {
            return 0;
        }
        var kept = BigDecimal.valueOf(Math.abs(value)).round(AWAY_FROM_0);
        int exponent = kept.precision() - kept.scale() - DIGITS;
        long mantissa = kept.scaleByPowerOfTen(-exponent).longValueExact();
        long code = (long) (exponent + EXPONENTS) * MANTISSAS + mantissa - LEAST + 1;
        return value < 0 ? -code : code;
    }

    /// Returns the number of `code`.
    public static double value(long code) {
        if (code == 0) {
            return 0;
        }
        long place = Math.abs(code) - 1;
        int exponent = (int) (place / MANTISSAS) - EXPONENTS;
        double value = BigDecimal.valueOf(place % MANTISSAS + LEAST)
                .scaleByPowerOfTen(exponent)
                .doubleValue();
        double finite = Math.min(value, Double.MAX_VALUE);
        return code < 0 ? -finite : finite;
    }
}
