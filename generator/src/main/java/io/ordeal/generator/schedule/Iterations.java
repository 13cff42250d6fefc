package io.ordeal.generator.schedule;

/// How many iterations the users of a closed model perform in their phase.
public sealed interface Iterations {
    /// One after another until the phase ends.
    record Endless() implements Iterations {}

    /// So many of each user.
    record Each(long count) implements Iterations {}

    /// So many of all users together. Iteration i belongs to segment i mod n, where n is the number of segments
    /// that have users at all.
    ///
    /// @param users of the whole run
    record Between(long count, long users) implements Iterations {
        /// Returns the part of them that falls to `share`; empty shares have no users.
        public long of(Share share) {
            return share.segment() < users ? active(share).of(count) : 0;
        }

        /// Returns the index, in the whole run, of the iteration at `place` of `share`, which must have users.
        public long index(Share share, long place) {
            return active(share).at(place);
        }

        private Share active(Share share) {
            return new Share(share.segment(), (int) Math.min(users, share.segments()));
        }
    }
}
