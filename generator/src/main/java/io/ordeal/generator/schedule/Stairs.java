package io.ordeal.generator.schedule;

/// Arrivals at a rate that stays for a while and then changes by a step, until it has come to its last level.
///
/// The integral up to the start of level k is A(k) = every (k from + step k (k - 1) / 2), so the level at which it
/// reaches n is found by halving, and the instant within the level by division: no step's rounding is left to the
/// next.
///
/// @param from arrivals per second at the start
/// @param to the last level, in the direction of `step`
/// @param step what each step adds, per second; below 0 it takes away
/// @param every how long each level but the last lasts, nanoseconds
public record Stairs(double from, double to, double step, long every) implements Arrivals.Paced {
    /// Returns the number of the last level; the first is 0.
    static int last(double from, double to, double step) {
        return (int) Math.ceil((to - from) / step - 1e-9); // 0 to 0.3 by 0.1 has 3 steps, whatever doubles make of it
    }

    /// Returns level `number`.
    static double level(double from, double to, double step, int number) {
        return number >= last(from, to, step) ? to : from + number * step;
    }

    @Override
    public long reached(double number) {
        int low = 0;
        int high = last(from, to, step);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (upTo(middle) <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        double level = level(from, to, step, low);
        if (level == 0) {
            return NEVER;
        }
        long within = Arrivals.nanos((number - upTo(low)) / level);
        return low * every + (low < last(from, to, step) ? Math.min(within, every) : within);
    }

    @Override
    public double integral(long offset) {
        int number = number(offset);
        return upTo(number) + level(from, to, step, number) * (offset - number * every) / SECOND;
    }

    @Override
    public double rate(long offset) {
        return level(from, to, step, number(offset));
    }

    private int number(long offset) {
        return (int) Math.min(offset / every, last(from, to, step));
    }

    /// The integral up to the start of level `number`, all of which before the last follow the rule.
    private double upTo(int number) {
        return every / SECOND * (number * from + step * number * (number - 1.0) / 2);
    }
}
