package io.ordeal.campaign.document;

import java.time.Duration;

/// How iterations are begun. Users wait for their answers (closed); a rate and arrivals do not wait (open).
public sealed interface Load {
    /// None: the phase is a span of time, and every scenario has a load of its own.
    record None() implements Load {}

    /// A constant number of users.
    ///
    /// @param atOnce whether all begin in one instant
    record Users(int count, boolean atOnce) implements Load {
        /// Users that begin one after another, within a second at most.
        public Users(int count) {
            this(count, false);
        }
    }

    /// Users that go linearly from one number to another over the phase.
    record RampingUsers(int from, int to) implements Load {}

    /// Users that go from one number to another in steps.
    ///
    /// @param step towards `to`, so below 0 where it is less than `from`
    record SteppedUsers(int from, int to, int step, Duration every) implements Load {}

    /// A number of iterations.
    ///
    /// @param each whether of each user, or of all together
    /// @param atOnce whether all users begin in one instant
    record Iterations(int users, long count, boolean each, boolean atOnce) implements Load {}

    /// A constant number of iterations per second.
    record Rate(double perSecond) implements Load {}

    /// Iterations per second that go linearly from one rate to another over the phase.
    record RampingRate(double from, double to) implements Load {}

    /// Iterations per second that go from one rate to another in steps.
    ///
    /// @param step towards `to`, so below 0 where it is less than `from`
    record SteppedRate(double from, double to, double step, Duration every) implements Load {}

    /// A number of arrivals.
    ///
    /// @param atOnce whether all are due in one instant, or evenly spread over the phase
    record Arrivals(long count, boolean atOnce) implements Load {}

    /// Whether arrivals do not wait for answers.
    default boolean open() {
        return switch (this) {
            case None _, Users _, RampingUsers _, SteppedUsers _, Iterations _ -> false;
            case Rate _, RampingRate _, SteppedRate _, Arrivals _ -> true;
        };
    }
}
