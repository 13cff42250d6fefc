package io.ordeal.aggregator.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Nearest ranks.
final class Ranks {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Ranks() {}

    /// Returns ⌈percent/100 × count⌉, worked out in decimals, at least 1: which of `count` values in order is not
    /// exceeded by `percent` of them.
    static long of(double percent, long count) {
        var exact = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(count));
        return Math.max(exact.divide(HUNDRED, 0, RoundingMode.CEILING).longValueExact(), 1);
    }
}
