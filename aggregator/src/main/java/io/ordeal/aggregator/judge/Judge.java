package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import java.util.Optional;

/// The judge of one objective on one body of evidence.
///
/// It reasons with what is missing: PASS stands only if it would stand were every missing request bad, FAIL only if
/// it
/// would stand were every missing request good, and what lies between is INCONCLUSIVE.
public final class Judge {
    private final Objective objective;
    private final Evidence evidence;
    private final int tail;

    private Judge(Objective objective, Evidence evidence, int tail) {
        this.objective = objective;
        this.evidence = evidence;
        this.tail = tail;
    }

    /// Returns the finding on a run, or on a part of it.
    public static Finding ofRun(Objective objective, Evidence evidence) {
        return new Judge(objective, evidence, Rules.TAIL_OF_RUN).finding();
    }

    /// Returns the finding on one window.
    public static Finding ofWindow(Objective objective, Evidence evidence) {
        return new Judge(objective, evidence, Rules.TAIL_OF_WINDOW).finding();
    }

    /// Whether `objective` does not hold by itself, however few the samples are; for the analysis of faults.
    ///
    /// @return empty where nothing was due, or nothing can be said yet
    public static Optional<Boolean> holds(Objective objective, Evidence evidence) {
        if (evidence.tally().count() == 0) {
            return evidence.stalled() ? Optional.of(false) : Optional.empty();
        }
        return new Judge(objective, evidence, 0).observed().map(objective::holds);
    }

    private Finding finding() {
        long samples = evidence.tally().count();
        if (samples == 0 && !(objective.measure() instanceof Measure.Throughput)) {
            return ofNothing();
        }
        var observed = observed();
        if (observed.isEmpty()) {
            return Finding.inconclusive(samples, "no window counts");
        }
        return trusted(found(observed.get(), samples));
    }

    private Finding ofNothing() {
        if (evidence.unknown() > 0) {
            return Finding.inconclusive(
                    0,
                    "no request is known to have ended; " + Words.count(evidence.unknown(), "request")
                            + " cannot be accounted for");
        }
        if (evidence.stalled() || evidence.unmet() > 0) {
            return trusted(new Finding(Optional.empty(), 0, Verdict.FAIL, "requests were due, but none ended"));
        }
        return Finding.inconclusive(0, "no request ended in the windows that count");
    }

    private Optional<Double> observed() {
        return observed(objective.measure(), evidence);
    }

    /// Returns what `measure` makes of evidence that is not empty, or empty where no time counts.
    public static Optional<Double> observed(Measure measure, Evidence evidence) {
        var tally = evidence.tally();
        long samples = tally.count();
        return switch (measure) {
            case Measure.Percentile(double rank, var latency) ->
                Optional.of(tally.distribution(latency).percentile(rank) / 1e6);
            case Measure.Mean(var latency) ->
                Optional.of(tally.distribution(latency).mean() / 1e6);
            case Measure.Maximum(var latency) ->
                Optional.of(tally.distribution(latency).max() / 1e6);
            case Measure.ErrorRatio _ -> Optional.of(ratio(tally.bad(), samples));
            case Measure.Availability _ -> Optional.of(ratio(tally.ok(), samples + evidence.unmet()));
            case Measure.Throughput _ ->
                evidence.seconds() > 0 ? Optional.of(tally.ok() / evidence.seconds()) : Optional.empty();
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    private Finding found(double observed, long samples) {
        var bounds = bounds(samples);
        boolean holds = objective.holds(observed);
        var shown = "observed " + Words.quantity(observed, objective.measure().unit()) + ", limit "
                + objective.comparison().symbol() + " "
                + Words.quantity(objective.limit(), objective.measure().unit());
        if (bounds.surelyHolds()) {
            long needed = needed();
            return samples >= needed
                    ? new Finding(Optional.of(observed), samples, Verdict.PASS, "")
                    : new Finding(Optional.of(observed), samples, Verdict.INCONCLUSIVE, tooFew(samples, needed));
        }
        if (bounds.surelyFails()) {
            return samples >= needed() || bounds.bad() >= Math.max(tail, 1)
                    ? new Finding(Optional.of(observed), samples, Verdict.FAIL, shown)
                    : new Finding(Optional.of(observed), samples, Verdict.INCONCLUSIVE, tooFew(samples, needed()));
        }
        long missing = evidence.unmet() + evidence.unknown();
        return new Finding(
                Optional.of(observed),
                samples,
                Verdict.INCONCLUSIVE,
                shown + (holds ? ", but " : "; ") + Words.count(missing, "request")
                        + " that did not end, or were lost, could change that");
    }

    /// What the extremes of the missing requests make of the objective.
    ///
    /// @param bad requests that are known to be beyond the limit
    private record Bounds(boolean surelyHolds, boolean surelyFails, long bad) {}

    private Bounds bounds(long samples) {
        var tally = evidence.tally();
        long unmet = evidence.unmet();
        long unknown = evidence.unknown();
        double limit = objective.limit();
        return switch (objective.measure()) {
            case Measure.Percentile(double rank, var latency) -> {
                long within = tally.distribution(latency).within(objective.comparison(), limit * 1e6);
                long wanted = Counts.ranked(rank, samples + unmet + unknown);
                yield new Bounds(within >= wanted, within + unmet + unknown < wanted, samples - within);
            }
            case Measure.Mean(var latency) -> {
                double sum = tally.distribution(latency).sum() / 1e6;
                boolean few = unmet + unknown <= Rules.DROPPED * samples;
                yield new Bounds(
                        few && objective.holds(sum / samples),
                        !objective.holds(sum / (samples + unmet + unknown)),
                        samples);
            }
            case Measure.Maximum(var latency) -> {
                boolean few = unmet + unknown <= Rules.DROPPED * samples;
                boolean holds = objective.holds(tally.distribution(latency).max() / 1e6);
                yield new Bounds(few && holds, !holds, Long.MAX_VALUE);
            }
            case Measure.ErrorRatio _ ->
                new Bounds(
                        objective.holds(ratio(tally.bad() + unknown, samples + unknown)),
                        !objective.holds(ratio(tally.bad(), samples + unknown)),
                        tally.bad());
            case Measure.Availability _ ->
                new Bounds(
                        objective.holds(ratio(tally.ok(), samples + unmet + unknown)),
                        !objective.holds(ratio(tally.ok() + unknown, samples + unmet + unknown)),
                        tally.bad() + unmet);
            case Measure.Throughput _ ->
                new Bounds(
                        objective.holds(tally.ok() / evidence.seconds()),
                        !objective.holds((tally.ok() + unknown) / evidence.seconds()),
                        Long.MAX_VALUE);
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    /// How many samples the measure needs before it proves anything.
    private long needed() {
        return switch (objective.measure()) {
            case Measure.Percentile(double rank, var _) ->
                rank >= 100 ? 1 : (long) Math.ceil(tail * 100.0 / (100.0 - rank) - 1e-6);
            case Measure.Mean _ -> tail;
            case Measure.ErrorRatio _ -> resolution(objective.limit());
            case Measure.Availability _ -> resolution(1 - objective.limit());
            case Measure.Maximum _, Measure.Throughput _ -> 0;
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    /// A ratio below `part` cannot be told from one bad request in fewer than its inverse.
    private long resolution(double part) {
        if (tail == Rules.TAIL_OF_WINDOW) {
            return 1;
        }
        return part <= 0 ? tail : Math.max(tail, (long) Math.ceil(1 / part - 1e-6));
    }

    private String tooFew(long samples, long needed) {
        return "too few samples: " + Words.count(samples, "request") + ", where " + Words.count(needed) + " are needed";
    }

    /// A generator that is late makes the service look slow: what rests on its timing cannot be held against the
    /// service.
    private Finding trusted(Finding finding) {
        if (!evidence.saturated()) {
            return finding;
        }
        return finding.verdict() == Verdict.FAIL && ownTime(objective.measure())
                ? finding
                : finding.butInconclusive("the generators could not keep their schedule");
    }

    /// Whether a measure says nothing of when the generators sent.
    public static boolean ownTime(Measure measure) {
        return switch (measure) {
            case Measure.Percentile(var _, var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.Mean(var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.Maximum(var latency) -> latency == Measure.Latency.SERVICE;
            case Measure.ErrorRatio _ -> true;
            case Measure _ -> false;
        };
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
