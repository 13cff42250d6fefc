package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import java.util.Optional;

/// The judge of one objective on one body of evidence.
///
/// It reasons with what is missing: PASS stands only if it would stand were every missing request bad, FAIL only if
/// it would stand were every missing request good, and what lies between is INCONCLUSIVE.
public final class Judge {
    private final Objective objective;
    private final Evidence evidence;
    private final Observation observation;
    private final int tail;
    private final long needed;

    private Judge(Objective objective, Evidence evidence, int tail, Optional<Long> least) {
        this.objective = objective;
        this.evidence = evidence;
        this.observation = Observation.of(objective, evidence);
        this.tail = tail;
        this.needed = least.orElseGet(() -> observation.needed(tail));
    }

    /// Returns the finding on a run, or on a part of it.
    public static Finding ofRun(Objective objective, Evidence evidence) {
        return new Judge(objective, evidence, Rules.TAIL_OF_RUN, objective.least()).finding();
    }

    /// Returns the finding on one window.
    public static Finding ofWindow(Objective objective, Evidence evidence) {
        return new Judge(objective, evidence, Rules.TAIL_OF_WINDOW, Optional.empty()).finding();
    }

    /// Whether `objective` does not hold by itself, however few the samples are; for the analysis of faults and steps.
    ///
    /// @return empty where nothing was due, or nothing can be said yet
    public static Optional<Boolean> holds(Objective objective, Evidence evidence) {
        if (evidence.tally().count() == 0) {
            return evidence.stalled() ? Optional.of(false) : Optional.empty();
        }
        return Observation.of(objective, evidence).value().map(objective::holds);
    }

    /// Returns what `measure` makes of evidence, or empty where there is nothing to observe.
    ///
    /// @param objective whose growth is followed by it
    public static Optional<Double> observed(Measure measure, Objective objective, Evidence evidence) {
        return Observation.of(measure, objective, evidence).value();
    }

    /// Whether a generator that is late leaves `measure` as it is.
    public static boolean ownTime(Measure measure, Objective objective) {
        var nothing = new Evidence(new Tally(), 0, 0, 0, false, false);
        return Observation.of(measure, objective, nothing).ownTime();
    }

    private Finding finding() {
        return observation.value().map(value -> trusted(found(value))).orElseGet(this::ofNothing);
    }

    private Finding ofNothing() {
        return switch (objective.measure()) {
            case Measure.Throughput _ -> Finding.inconclusive(observation.samples(), "no window counts");
            case Measure.Custom(var name, var _, var _) ->
                Finding.inconclusive(0, "no request that counts carried `" + name + "`");
            case Measure _ -> ofSilence();
        };
    }

    private Finding ofSilence() {
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

    private Finding found(double observed) {
        var bounds = observation.bounds();
        var shown = "observed " + Words.quantity(observed, objective.measure().unit()) + ", limit "
                + objective.comparison().symbol() + " "
                + Words.quantity(objective.limit(), objective.measure().unit());
        if (bounds.surelyHolds()) {
            return enough() ? finding(observed, Verdict.PASS, "") : tooFew(observed);
        }
        if (bounds.surelyFails()) {
            return enough() || bounds.bad() >= Math.max(tail, 1)
                    ? finding(observed, Verdict.FAIL, shown)
                    : tooFew(observed);
        }
        return finding(
                observed,
                Verdict.INCONCLUSIVE,
                shown + (objective.holds(observed) ? ", but " : "; ") + Words.count(evidence.missing(), "request")
                        + " that did not end, or were lost, could change that");
    }

    private boolean enough() {
        return observation.samples() >= needed;
    }

    private Finding tooFew(double observed) {
        return finding(
                observed,
                Verdict.INCONCLUSIVE,
                "too few samples: " + Words.count(observation.samples(), "request") + ", where " + Words.count(needed)
                        + " are needed");
    }

    private Finding finding(double observed, Verdict verdict, String reason) {
        return new Finding(Optional.of(observed), observation.samples(), verdict, reason);
    }

    /// A generator that is late makes the service look slow: what rests on its timing cannot be held against the
    /// service.
    private Finding trusted(Finding finding) {
        return !evidence.saturated() || (finding.verdict() == Verdict.FAIL && observation.ownTime())
                ? finding
                : finding.butInconclusive("the generators could not keep their schedule");
    }
}
