package io.ordeal.aggregator.audit;

import io.ordeal.schemas.load.Outcome;
import io.ordeal.schemas.load.RequestTiming;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.MeasureSummary;
import io.ordeal.schemas.results.OutcomeCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Requests that ended.
///
/// @param all in no order that matters
record Ended(List<Request> all) {
    /// One of them.
    ///
    /// @param measures what it measured itself, as far as it is kept
    record Request(RequestTiming timing, Map<String, Double> measures) {
        /// Returns when it was sent, microseconds since the epoch.
        long sent() {
            return timing.ended() - timing.response() + timing.delay();
        }
    }

    /// Returns all of `parts` together.
    static Ended together(Collection<Ended> parts) {
        var all = new ArrayList<Request>();
        parts.forEach(part -> all.addAll(part.all));
        return new Ended(all);
    }

    Ended where(Predicate<RequestTiming> counts) {
        return new Ended(
                all.stream().filter(request -> counts.test(request.timing)).toList());
    }

    long count() {
        return all.size();
    }

    long ok() {
        return count(Outcome.OK);
    }

    long bad() {
        return count() - ok();
    }

    private long count(Outcome outcome) {
        return all.stream()
                .filter(request -> request.timing.outcome() == outcome)
                .count();
    }

    OutcomeCounts outcomes() {
        return new OutcomeCounts(
                count(Outcome.OK),
                count(Outcome.INVALID),
                count(Outcome.HTTP_ERROR),
                count(Outcome.TIMEOUT),
                count(Outcome.CONNECT_ERROR),
                count(Outcome.RESET),
                count(Outcome.ABORTED));
    }

    Latencies latencies(Measure.Latency which) {
        return new Latencies(all.stream()
                .map(Request::timing)
                .mapToLong(timing -> switch (which) {
                    case RESPONSE -> timing.response();
                    case SERVICE -> timing.response() - timing.delay();
                })
                .map(latency -> Math.max(latency, 0))
                .toArray());
    }

    /// Returns the values of one custom measure.
    Values values(String name) {
        return new Values(all.stream()
                .filter(request -> request.measures.containsKey(name))
                .mapToDouble(request -> request.measures.getOrDefault(name, 0.0))
                .toArray());
    }

    /// Returns every custom measure in the contract's shape, by name.
    List<MeasureSummary> measures() {
        var names = new TreeSet<String>();
        all.forEach(request -> names.addAll(request.measures.keySet()));
        return names.stream().map(name -> summary(name, values(name))).toList();
    }

    private static MeasureSummary summary(String name, Values values) {
        return new MeasureSummary(
                name,
                values.count(),
                values.mean(),
                values.least(),
                values.greatest(),
                values.percentile(50),
                values.percentile(90),
                values.percentile(95),
                values.percentile(99));
    }

    long bytesOut() {
        return all.stream().mapToLong(request -> request.timing.bytesOut()).sum();
    }

    long bytesIn() {
        return all.stream().mapToLong(request -> request.timing.bytesIn()).sum();
    }

    /// Returns when the earliest was sent, or `otherwise` where there is none.
    long earliestSent(long otherwise) {
        return all.stream().mapToLong(Request::sent).min().orElse(otherwise);
    }
}
