package io.ordeal.aggregator.judge;

/// What an objective is judged by.
///
/// @param tally the requests that ended and count
/// @param unmet requests that were due but dropped, or sent and never answered: bad beyond doubt
/// @param unknown requests of which it is not known how they ended: lost on the way, or too late
/// @param seconds of the windows that count
/// @param stalled whether requests were due and waited so long that their silence is a breach
/// @param saturated whether the generators could not keep their schedule, so that latencies are partly theirs
public record Evidence(Tally tally, long unmet, long unknown, double seconds, boolean stalled, boolean saturated) {

    /// Returns how many requests may have been good or bad.
    public long missing() {
        return unmet + unknown;
    }
}
