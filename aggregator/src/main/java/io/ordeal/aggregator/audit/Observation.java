package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import java.util.Optional;

/// What measures observe.
final class Observation {
    private Observation() {}

    /// Returns how many samples `evidence` has for `measure`.
    static long samples(Measure measure, Evidence evidence) {
        return measure instanceof Measure.Custom custom
                ? evidence.ended().values(custom.name()).count()
                : evidence.ended().count();
    }

    /// Returns what `measure` observes in `evidence`, or empty where there is nothing to observe.
    static Optional<Double> of(Measure measure, Evidence evidence) {
        var ended = evidence.ended();
        if (samples(measure, evidence) == 0 && !(measure instanceof Measure.Throughput)) {
            return Optional.empty();
        }
        return switch (measure) {
            case Measure.Percentile(double rank, var latency) ->
                Optional.of(ended.latencies(latency).percentile(rank) / 1e6);
            case Measure.Mean(var latency) ->
                Optional.of(ended.latencies(latency).mean() / 1e6);
            case Measure.Maximum(var latency) ->
                Optional.of(ended.latencies(latency).max() / 1e6);
            case Measure.ErrorRatio _ -> Optional.of((double) ended.bad() / ended.count());
            case Measure.Availability _ -> Optional.of((double) ended.ok() / (ended.count() + evidence.unmet()));
            case Measure.Throughput _ ->
                evidence.time() > 0 ? Optional.of(ended.ok() / evidence.seconds()) : Optional.empty();
            case Measure.Custom(var name, var statistic, var _) ->
                ended.values(name).statistic(statistic);
            case Measure.Recovery _, Measure.TimeToTrip _, Measure.QueueDrain _, Measure.Level _, Measure.Slope _ ->
                throw new IllegalArgumentException("not observed in requests: " + measure);
        };
    }
}
