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

    /// From the confirmed start of a fault until a reading [#CIRCUIT_OPEN] is 1 or more.
    record TimeToTrip() implements Measure {}

    /// From the confirmed end of a fault, or the end of a phase, until every reading [#QUEUE_DEPTH] is back where it
    /// was before.
    record QueueDrain() implements Measure {}

    /// What the requests measured themselves, tokens per second for one.
    ///
    /// @param unit that of the limit
    record Custom(String name, Statistic statistic, Unit unit) implements Measure {}

    /// A reading of resource use.
    ///
    /// @param unit that of the limit
    record Level(String reading, Statistic statistic, Unit unit) implements Measure {}

    /// How fast another measure grows, per hour.
    record Slope(Measure of) implements Measure {}

    /// The reading by which a circuit breaker says that it is open.
    String CIRCUIT_OPEN = "circuit_open";

    /// The reading that says how much waits in a queue.
    String QUEUE_DEPTH = "queue_depth";

    /// Returns the unit of the observed value.
    default Unit unit() {
        return switch (this) {
            case Percentile _, Mean _, Maximum _, Recovery _, TimeToTrip _, QueueDrain _ -> Unit.SECONDS;
            case ErrorRatio _, Availability _ -> Unit.RATIO;
            case Throughput _ -> Unit.PER_SECOND;
            case Custom(var _, var _, var unit) -> unit;
            case Level(var _, var _, var unit) -> unit;
            case Slope(var of) -> of.unit().perHour();
        };
    }

    /// Whether one value stands for one fault, rather than for windows: it is drawn from the analysis of faults.
    default boolean ofFaults() {
        return this instanceof Recovery || this instanceof TimeToTrip || this instanceof QueueDrain;
    }
}
