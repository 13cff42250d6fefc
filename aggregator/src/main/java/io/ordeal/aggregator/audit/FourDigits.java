package io.ordeal.aggregator.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The accuracy in which custom measures and readings are kept.
final class FourDigits {
    private static final MathContext UP = new MathContext(4, RoundingMode.UP);

    private FourDigits() {}

    /// Returns `value`, a finite number, to four significant digits, rounded away from 0. Its digits are those of its
    /// shortest text: 0.1 is 0.1.
    static double of(double value) {
        return new BigDecimal(Double.toString(value)).round(UP).doubleValue();
    }
}
