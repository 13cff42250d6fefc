package io.ordeal.campaign.document;

/// How arrivals are made. Users wait for their answers (closed); a rate does not wait (open).
public sealed interface Load {
    /// A constant number of users.
    record Users(int count) implements Load {}

    /// Users that go linearly from one number to another over the phase.
    record RampingUsers(int from, int to) implements Load {}

    /// A constant number of iterations per second.
    record Rate(double perSecond) implements Load {}

    /// Iterations per second that go linearly from one rate to another over the phase.
    record RampingRate(double from, double to) implements Load {}

    /// Returns the greatest load of the phase: users, or iterations per second.
    default double peak() {
        return switch (this) {
            case Users(int count) -> count;
            case RampingUsers(int from, int to) -> Math.max(from, to);
            case Rate(double perSecond) -> perSecond;
            case RampingRate(double from, double to) -> Math.max(from, to);
        };
    }

    /// Whether arrivals do not wait for answers.
    default boolean open() {
        return switch (this) {
            case Users _, RampingUsers _ -> false;
            case Rate _, RampingRate _ -> true;
        };
    }
}
