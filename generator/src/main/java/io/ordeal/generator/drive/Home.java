package io.ordeal.generator.drive;

/// Where users come from and go back to. Belongs to one event loop.
interface Home {
    /// Says whether a user thinks after the last step of an iteration, too.
    boolean thinksBetweenIterations();

    /// Takes `user` whose iteration is over; the next one would be due at `due`.
    void finished(User user, long due, long now);

    /// Takes `user` whose iteration, due at `due`, cannot begin: a feeder is at its end. Nothing of it was counted.
    void starved(User user, long due);

    /// Lets `user` go on at `due`; it is `now`.
    void later(User user, long due, long now);
}
