package io.ordeal.generator.schedule;

/// A change of the load of the phase under way.
public sealed interface Adjustment {
    /// A new arrival rate of an open model.
    ///
    /// @param perSecond iterations per second of the whole run
    record ToRate(double perSecond) implements Adjustment {}

    /// A new number of users of a closed model.
    ///
    /// @param users of the whole run
    record ToUsers(double users) implements Adjustment {}
}
