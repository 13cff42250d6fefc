package io.ordeal.generator.drive;

/// The instants at which all connections are dropped: the multiples of a time, counted from the start of the run.
///
/// @param start the start of the run, nanoseconds since 1970
/// @param every the time between two of them; 0: there are none
record Storms(long start, long every) {
    /// Returns the first instant after `now`, or [DueQueue#NEVER].
    long after(long now) {
        if (every == 0) {
            return DueQueue.NEVER;
        }
        return start + every * Math.max(1, Math.floorDiv(now - start, every) + 1);
    }
}
