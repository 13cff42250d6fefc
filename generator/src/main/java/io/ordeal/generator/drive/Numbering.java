package io.ordeal.generator.drive;

import io.ordeal.generator.schedule.Share;

/// The numbers of the users of one load in one segment: different from those of every other load and segment.
///
/// @param load the place of the load among those of the run
/// @param loads how many there are
record Numbering(Share share, int load, int loads) {
    /// Returns the number, in the whole run, of the user at `place` of this load and segment.
    int user(long place) {
        return (int) (share.at(place) * loads + load);
    }

    /// Returns which user of its load, in all segments, `user` is.
    long ordinal(User user) {
        return user.number() / loads;
    }

    /// Returns the place of `user` in this load and segment.
    int place(User user) {
        return (int) (ordinal(user) / share.segments());
    }
}
