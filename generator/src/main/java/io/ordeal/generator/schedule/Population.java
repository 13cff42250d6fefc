package io.ordeal.generator.schedule;

/// How many users of a closed model are active over time, from the start of their phase; user u (from 0) is active
/// while the number is above u.
///
/// The number follows a line from `from` to `to`. Users that the line asks for at once begin evenly spread over
/// `rise`, so that thousands do not connect in the same instant.
///
/// @param present users that are active already when it starts
/// @param from users at the start of the line
/// @param to users at its end
/// @param duration length of the line, nanoseconds
/// @param rise nanoseconds
public record Population(long present, double from, double to, long duration, long rise) {
    private static final long LONGEST_RISE = 1_000_000_000L;

    /// Returns a population that rises for a tenth of its time, at most a second.
    public static Population of(long present, double from, double to, long duration) {
        return new Population(present, from, to, duration, Math.min(LONGEST_RISE, duration / 10));
    }

    /// Returns a population of constant size that begins in one instant.
    public static Population atOnce(long present, double users, long duration) {
        return new Population(present, users, users, duration, 0);
    }

    /// Returns the same line, taking over `users` that are active already.
    Population after(long users) {
        return new Population(users, from, to, duration, rise);
    }

    /// Returns when `user` begins, or [Arrivals#NEVER].
    public long begins(long user) {
        long line = lineReaches(user);
        return line == Arrivals.NEVER ? line : Math.max(line, riseReaches(user));
    }

    /// Returns when `user` has to end, or [Arrivals#NEVER] when it stays until the end of the phase.
    public long ends(long user) {
        if (to > user) {
            return Arrivals.NEVER;
        }
        return from > user ? (long) Math.floor(duration * ((from - user) / (from - to))) : 0;
    }

    /// Whether `user` is active at `offset`.
    public boolean active(long user, long offset) {
        return begins(user) <= offset && offset < ends(user);
    }

    /// Returns how many users are active at `offset`.
    public long active(long offset) {
        double line = from + (to - from) * Math.min(1, (double) offset / duration);
        double peak = Math.max(from, to);
        boolean rising = offset < rise && peak > present;
        return (long) Math.ceil(rising ? Math.min(line, present + (peak - present) * offset / rise) : line);
    }

    private long lineReaches(long user) {
        if (from > user) {
            return 0;
        }
        return to > user ? (long) Math.ceil(duration * ((user - from) / (to - from))) : Arrivals.NEVER;
    }

    private long riseReaches(long user) {
        if (user < present) {
            return 0;
        }
        double peak = Math.max(from, to);
        return rise == 0 ? 0 : (long) Math.ceil(rise * ((user - present) / (peak - present)));
    }
}
