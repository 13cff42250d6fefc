package io.ordeal.aggregator.audit;

/// What requests say for one objective.
///
/// @param ended those that count
/// @param unmet requests that were due but dropped: bad beyond doubt
/// @param unknown requests of which it is not known how they ended
/// @param time that counts, microseconds
/// @param stalled whether requests were due and waited so long that their silence is a breach
/// @param saturated whether the generators could not keep their schedule
record Evidence(Ended ended, long unmet, long unknown, long time, boolean stalled, boolean saturated) {
    long missing() {
        return unmet + unknown;
    }

    double seconds() {
        return time / 1e6;
    }
}
