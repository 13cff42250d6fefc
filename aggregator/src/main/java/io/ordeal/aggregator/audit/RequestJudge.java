package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Statistic;
import io.ordeal.schemas.results.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How an objective on requests stands by some evidence.
///
/// PASS when it would hold were every missing request bad and there are samples enough; FAIL when it would not hold
/// were every one good.
final class RequestJudge {
    private static final double FEW = 0.01;

    private final Objective objective;
    private final Evidence evidence;
    private final boolean window;

    private RequestJudge(Objective objective, Evidence evidence, boolean window) {
        this.objective = objective;
        this.evidence = evidence;
        this.window = window;
    }

    static Finding ofRun(Objective objective, Evidence evidence) {
        return new RequestJudge(objective, evidence, false).finding();
    }

    static Finding ofWindow(Objective objective, Evidence evidence) {
        return new RequestJudge(objective, evidence, true).finding();
    }

    private Finding finding() {
        var observed = Observation.of(objective.measure(), evidence);
        long samples = Observation.samples(objective.measure(), evidence);
        if (observed.isEmpty()) {
            return samples == 0 ? ofNothing() : new Finding(observed, samples, Verdict.INCONCLUSIVE);
        }
        return trusted(objective.measure(), evidence, new Finding(observed, samples, verdict(samples)));
    }

    /// No request ended: that is bad where requests were due, and nobody knows of others.
    private Finding ofNothing() {
        boolean due = evidence.unknown() == 0 && (evidence.stalled() || evidence.unmet() > 0);
        boolean counts =
                !(objective.measure() instanceof Measure.Custom || objective.measure() instanceof Measure.Throughput);
        return due && counts
                ? trusted(objective.measure(), evidence, new Finding(Finding.NOTHING.observed(), 0, Verdict.FAIL))
                : Finding.NOTHING;
    }

    private Verdict verdict(long samples) {
        var bounds = bounds(samples);
        if (bounds.holds) {
            return samples >= needed() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        }
        boolean enough = samples >= needed() || bounds.beyond >= tail();
        return bounds.breaks && enough ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }

    /// Where a generator was late, nothing is proven but errors and slow service.
    static Finding trusted(Measure measure, Evidence evidence, Finding finding) {
        boolean ownTime = switch (measure) {
            case Measure.Percentile(var _, var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.Mean(var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.Maximum(var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.ErrorRatio _ -> true;
            case Measure _ -> false;
        };
        return !evidence.saturated() || (finding.failed() && ownTime) ? finding : finding.inconclusive();
    }

    /// @param holds whether it would hold were all that is missing bad
    /// @param breaks whether it would not were all of it good
    /// @param beyond samples that are beyond the limit
    private record Bounds(boolean holds, boolean breaks, long beyond) {}

    private Bounds bounds(long samples) {
        var ended = evidence.ended();
        return switch (objective.measure()) {
            case Measure.Percentile(double rank, var latency) -> {
                long within = ended.latencies(latency).within(objective);
                long wanted = Ranks.of(rank, samples + evidence.missing());
                yield new Bounds(within >= wanted, within + evidence.missing() < wanted, samples - within);
            }
            case Measure.Mean(var latency) -> {
                double sum = ended.latencies(latency).sum() / 1e6;
                yield new Bounds(
                        few(samples) && objective.holds(sum / samples),
                        !objective.holds(sum / (samples + evidence.missing())),
                        samples);
            }
            case Measure.Maximum(var latency) -> {
                boolean holds = objective.holds(ended.latencies(latency).max() / 1e6);
                yield new Bounds(few(samples) && holds, !holds, Long.MAX_VALUE);
            }
            case Measure.ErrorRatio _ -> {
                double all = samples + evidence.unknown();
                yield new Bounds(
                        objective.holds((ended.bad() + evidence.unknown()) / all),
                        !objective.holds(ended.bad() / all),
                        ended.bad());
            }
            case Measure.Availability _ -> {
                double all = samples + evidence.missing();
                yield new Bounds(
                        objective.holds(ended.ok() / all),
                        !objective.holds((ended.ok() + evidence.unknown()) / all),
                        ended.bad() + evidence.unmet());
            }
            case Measure.Throughput _ ->
                new Bounds(
                        objective.holds(ended.ok() / evidence.seconds()),
                        !objective.holds((ended.ok() + evidence.unknown()) / evidence.seconds()),
                        Long.MAX_VALUE);
            case Measure.Custom(var name, var statistic, var _) -> bounds(ended.values(name), statistic);
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    private Bounds bounds(Values values, Statistic statistic) {
        long missing = evidence.missing();
        long within = values.within(objective);
        long beyond = values.count() - within;
        boolean upwards = objective.comparison().bounded();
        return switch (statistic) {
            case Statistic.Rank(double percent) -> {
                long wanted = Ranks.of(percent, values.count() + missing);
                yield upwards
                        ? new Bounds(within >= wanted, within + missing < wanted, beyond)
                        : new Bounds(beyond + missing < wanted, beyond >= wanted, beyond);
            }
            case Statistic.Average _ -> {
                boolean holds = objective.holds(values.mean());
                yield new Bounds(few(values.count()) && holds, few(values.count()) && !holds, values.count());
            }
            case Statistic.Least _ -> {
                boolean holds = objective.holds(values.least());
                yield new Bounds(few(values.count()) && holds, !holds && (!upwards || missing == 0), Long.MAX_VALUE);
            }
            case Statistic.Greatest _ -> {
                boolean holds = objective.holds(values.greatest());
                yield new Bounds(few(values.count()) && holds, !holds && (upwards || missing == 0), Long.MAX_VALUE);
            }
        };
    }

    private boolean few(long samples) {
        return evidence.missing() <= FEW * samples;
    }

    private int tail() {
        return window ? 1 : 10;
    }

    /// How many samples it takes.
    private long needed() {
        if (!window && objective.least().isPresent()) {
            return objective.least().get();
        }
        return switch (objective.measure()) {
            case Measure.Percentile(double rank, var _) -> ofRank(rank);
            case Measure.Custom(var _, Statistic.Rank(double percent), var _) -> ofRank(percent);
            case Measure.Mean _ -> tail();
            case Measure.Custom(var _, Statistic.Average _, var _) -> tail();
            case Measure.ErrorRatio _ -> ofRatio(decimal(objective.limit()));
            case Measure.Availability _ -> ofRatio(BigDecimal.ONE.subtract(decimal(objective.limit())));
            case Measure.Maximum _, Measure.Custom _ -> 1;
            case Measure.Throughput _ -> 0;
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    private long ofRank(double percent) {
        var rest = BigDecimal.ONE.subtract(decimal(percent).movePointLeft(2));
        return rest.signum() <= 0 ? 1 : quotient(tail(), rest);
    }

    private long ofRatio(BigDecimal part) {
        if (window) {
            return 1;
        }
        return part.signum() <= 0 ? tail() : Math.max(tail(), quotient(1, part));
    }

    private static BigDecimal decimal(double number) {
        return new BigDecimal(Double.toString(number));
    }

    private static long quotient(long number, BigDecimal by) {
        return BigDecimal.valueOf(number)
                .divide(by, MathContext.DECIMAL64)
                .setScale(0, RoundingMode.CEILING)
                .longValue();
    }
}
