package io.ordeal.schemas.objective;

/// What an objective observes.
public sealed interface Measure {
    /// Which time a latency is: RESPONSE from the scheduled instant, SERVICE from sending; both to the end.
    enum Latency {
        RESPONSE,
        SERVICE
    }

    /// The latency that `rank` percent of the requests do not exceed.
    ///
    /// @param rank in percent, above 0 and up to 100: 99.9 for p99.9
    record Percentile(double rank, Latency latency) implements Measure {}

    /// The arithmetic mean of the latency.
    record Mean(Latency latency) implements Measure {}

    /// The greatest latency.
    record Maximum(Latency latency) implements Measure {}

    /// Requests that did not end OK, of those that ended.
    record ErrorRatio() implements Measure {}

    /// Requests that ended OK, of those that were due: what was dropped, never sent or never answered counts against
    /// it.
    record Availability() implements Measure {}

    /// Requests that ended OK, per second of the windows that count.
    record Throughput() implements Measure {}

    /// From the confirmed end of a fault until the other objectives hold again and stay.
    record Recovery() implements Measure {}

    /// Returns the unit of the observed value.
    default Unit unit() {
        return switch (this) {
            case Percentile _, Mean _, Maximum _, Recovery _ -> Unit.SECONDS;
            case ErrorRatio _, Availability _ -> Unit.RATIO;
            case Throughput _ -> Unit.PER_SECOND;
        };
    }
}
