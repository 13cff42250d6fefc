package io.ordeal.campaign.run;

import io.ordeal.campaign.document.Guard;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.results.Latency;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches the guards of a campaign, window by window. Pure but for what it remembers.
///
/// A guard looks at the `*` row of each window: all requests of a phase together. A window in which nothing ended
/// though
/// requests were due does not hold for any guard.
final class GuardWatch {
    private static final String ALL = "*";

    private final List<Guard> guards;
    private final Map<Guard, Instant> brokenSince = new HashMap<>();

    GuardWatch(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /// Takes a closed window; returns the guard whose patience has ended with it.
    Optional<Guard> see(WindowSummary window) {
        if (!window.request().equals(ALL)) {
            return Optional.empty();
        }
        for (var guard : guards) {
            if (holds(guard, window)) {
                brokenSince.remove(guard);
                continue;
            }
            var since = brokenSince.computeIfAbsent(guard, _ -> window.start());
            var broken = Duration.between(since, window.start().plus(window.length()));
            if (broken.compareTo(guard.patience()) >= 0) {
                return Optional.of(guard);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Guard guard, WindowSummary window) {
        long ended = total(window.counts());
        if (ended == 0) {
            return window.ledger().map(ledger -> ledger.scheduled() == 0).orElse(true);
        }
        return observed(guard.objective().measure(), window, ended)
                .map(guard.objective()::holds)
                .orElse(true);
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
            case Measure.Recovery _ -> Optional.empty();
        };
    }

    private static Optional<Latency> latency(WindowSummary window, Measure.Latency which) {
        return switch (which) {
            case RESPONSE -> window.response();
            case SERVICE -> window.service();
        };
    }

    /// The next higher of the percentiles that windows carry: a guard errs on the safe side.
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
