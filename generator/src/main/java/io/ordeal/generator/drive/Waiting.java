package io.ordeal.generator.drive;

/// Where users wait for their next request. Belongs to one event loop.
@FunctionalInterface
interface Waiting {
    /// Lets `user` go on at `due`, at once when that is not after `now`, or never when the load has ended by then.
    void until(long due, User user, long now);
}
