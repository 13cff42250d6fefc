package io.ordeal.aggregator;

import io.ordeal.schemas.results.MeasureSummary;

/// What requests of one kind measured under one name.
///
/// @param count how often
/// @param sum of all values
/// @param newest the newest window in which there were some
record MeasureSeries(long count, double sum, MeasureSummary newest) {
    /// Names it.
    record Key(String phase, String scenario, String request, String name) {}

    /// Returns what one window has.
    static MeasureSeries of(MeasureSummary window) {
        return new MeasureSeries(window.count(), window.count() * window.mean(), window);
    }

    /// Returns this and what came after it.
    MeasureSeries then(MeasureSeries next) {
        return new MeasureSeries(count + next.count, sum + next.sum, next.newest);
    }
}
