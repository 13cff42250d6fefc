package io.ordeal.chaos.sample;

import java.util.OptionalDouble;

/// How fast a counter grows from one look to the next.
final class Rate {
    private double last;
    private long lastAt;
    private boolean known;

    /// Returns the growth per second since the look before; empty the first time, and where the counter began anew.
    ///
    /// @param at nanoseconds
    OptionalDouble since(double counter, long at) {
        double grown = counter - last;
        double seconds = (at - lastAt) / 1e9;
        boolean tells = known && grown >= 0 && seconds > 0;
        last = counter;
        lastAt = at;
        known = true;
        return tells ? OptionalDouble.of(grown / seconds) : OptionalDouble.empty();
    }
}
