package io.ordeal.aggregator;

import io.ordeal.aggregator.judge.Tally;
import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.objective.Measure;

/// What Prometheus is shown of one kind of request in one phase. It only grows.
final class RequestSeries {
    private final Latencies response;
    private final Latencies service;
    private final long[] outcomes;

    private RequestSeries(Latencies response, Latencies service, long[] outcomes) {
        this.response = response;
        this.service = service;
        this.outcomes = outcomes;
    }

    /// Returns one with nothing counted.
    ///
    /// @param bounds of classic buckets, seconds
    static RequestSeries empty(double[] bounds) {
        return new RequestSeries(new Latencies(bounds), new Latencies(bounds), new long[Outcome.values().length]);
    }

    /// Counts what `tally` has counted.
    void add(Tally tally) {
        response.add(tally.distribution(Measure.Latency.RESPONSE));
        service.add(tally.distribution(Measure.Latency.SERVICE));
        for (var outcome : Outcome.values()) {
            outcomes[outcome.ordinal()] += tally.count(outcome);
        }
    }

    /// Returns the same as it is now.
    RequestSeries copy() {
        return new RequestSeries(response.copy(), service.copy(), outcomes.clone());
    }

    /// Returns how long requests took from the instant at which they were due.
    Latencies response() {
        return response;
    }

    /// Returns how long requests took from sending.
    Latencies service() {
        return service;
    }

    /// Returns how many ended so.
    long count(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }
}
