package io.ordeal.campaign.run;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.util.Optional;

/// What one closed window says of all requests of a phase together, its `*` row. Pure.
final class WindowMeasure {
    private static final String ALL = "*";

    private WindowMeasure() {}

    /// Whether `window` is about all requests.
    static boolean all(WindowSummary window) {
        return window.request().equals(ALL);
    }

    /// Whether nothing ended in `window` though requests were due: silence is no answer.
    static boolean silent(WindowSummary window) {
        return total(window.counts()) == 0
                && window.ledger().map(ledger -> ledger.scheduled() > 0).orElse(false);
    }

    /// Whether `objective` holds in `window`; empty where the window has nothing to say.
    static Optional<Boolean> holds(Objective objective, WindowSummary window) {
        long ended = total(window.counts());
        return ended == 0
                ? Optional.empty()
                : observed(objective.measure(), window, ended).map(objective::holds);
    }

    private static Optional<Double> observed(Measure measure, WindowSummary window, long ended) {
        return switch (measure) {
            case Measure.ErrorRatio _ ->
                Optional.of(1 - (double) window.counts().ok() / ended);
            case Measure.Throughput _ ->
                Optional.of(window.counts().ok() * 1e9 / window.length().toNanos());
            case Measure.Availability _ ->
                window.ledger()
                        .filter(ledger -> ledger.scheduled() > 0)
                        .map(ledger -> (double) window.counts().ok() / ledger.scheduled());
            case Measure.Mean(var latency) ->
                latency(window, latency).map(Latency::mean).map(micros -> micros / 1e6);
            case Measure.Maximum(var latency) -> latency(window, latency).map(found -> found.max() / 1e6);
            case Measure.Percentile(double rank, var latency) ->
                latency(window, latency).flatMap(found -> percentile(found, rank));
            case Measure _ -> Optional.empty();
        };
    }

    private static Optional<Latency> latency(WindowSummary window, Measure.Latency which) {
        return switch (which) {
            case RESPONSE -> window.response();
            case SERVICE -> window.service();
        };
    }

    /// The next higher of the percentiles that windows carry: errs on the safe side.
    private static Optional<Double> percentile(Latency latency, double rank) {
        long micros = rank <= 50
                ? latency.p50()
                : rank <= 90
                        ? latency.p90()
                        : rank <= 95
                                ? latency.p95()
                                : rank <= 99 ? latency.p99() : rank <= 99.9 ? latency.p999() : latency.max();
        return Optional.of(micros / 1e6);
    }

    private static long total(OutcomeCounts counts) {
        return counts.ok()
                + counts.invalid()
                + counts.httpError()
                + counts.timeout()
                + counts.connectError()
                + counts.reset()
                + counts.aborted();
    }
}
