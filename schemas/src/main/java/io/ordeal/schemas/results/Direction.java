package io.ordeal.schemas.results;

/// RISING and FALLING: the confidence interval of the slope leaves 0 out. FLAT: it does not, and what it leaves open is
/// at most a tenth of the level over the time that was looked at. UNCLEAR: neither.
public enum Direction {
    FLAT,
    RISING,
    FALLING,
    UNCLEAR
}
