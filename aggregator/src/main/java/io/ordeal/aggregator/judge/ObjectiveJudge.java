package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The judge of one objective over a run.
final class ObjectiveJudge {
    private final RunRecord run;
    private final List<FaultVerdict> faults;

    ObjectiveJudge(RunRecord run, List<FaultVerdict> faults) {
        this.run = run;
        this.faults = faults;
    }

    ObjectiveVerdict verdict(Plan.Aim aim, RunRecord.Trial trial) {
        if (aim.objective().isEmpty()) {
            return new ObjectiveVerdict(
                    aim.spec().name(),
                    aim.spec().expression(),
                    "",
                    Optional.empty(),
                    0,
                    "",
                    0,
                    0,
                    0,
                    Verdict.INCONCLUSIVE,
                    "it cannot be read: " + aim.problem(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
        var objective = aim.objective().get();
        var finding = objective.measure() instanceof Measure.Recovery
                ? recovery(objective)
                : !Plan.ofWindows(objective.measure())
                        ? Finding.inconclusive(0, "it is not judged yet")
                        : objective.perWindow() ? perWindow(trial) : overall(objective, trial);
        return new ObjectiveVerdict(
                aim.spec().name(),
                aim.spec().expression(),
                scope(objective),
                finding.observed(),
                objective.limit(),
                objective.measure().unit().symbol(),
                finding.samples(),
                trial.windows(),
                trial.failed(),
                finding.verdict(),
                finding.reason(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static String scope(Objective objective) {
        var text = objective.scope().text();
        return objective.of().map(name -> name + ", " + text).orElse(text)
                + (objective.perWindow() ? ", per window" : "");
    }

    private Finding overall(Objective objective, RunRecord.Trial trial) {
        var evidence = trial.evidence();
        var whole = new Evidence(
                evidence.tally(),
                evidence.unmet(),
                evidence.unknown() + run.account().unknown(),
                evidence.seconds(),
                evidence.stalled(),
                run.tooSaturated());
        return undisputed(objective, Judge.ofRun(objective, whole));
    }

    /// One window that fails is enough; a window that could not be judged leaves doubt.
    private static Finding perWindow(RunRecord.Trial trial) {
        if (trial.failed() > 0) {
            return new Finding(
                    trial.worst(),
                    trial.samples(),
                    Verdict.FAIL,
                    "it did not hold in " + Words.count(trial.failed()) + " of "
                            + Words.count(trial.windows(), "window"));
        }
        if (trial.windows() == 0) {
            return Finding.inconclusive(0, "no window counts");
        }
        return trial.inconclusive() > 0
                ? new Finding(
                        trial.worst(),
                        trial.samples(),
                        Verdict.INCONCLUSIVE,
                        Words.count(trial.inconclusive()) + " of " + Words.count(trial.windows(), "window")
                                + " could not be judged")
                : new Finding(trial.worst(), trial.samples(), Verdict.PASS, "");
    }

    /// Where a fault may have acted without confirmation, nobody knows which windows are inside it.
    private Finding undisputed(Objective objective, Finding finding) {
        if (objective.scope().interval() instanceof Scope.Whole || finding.verdict() != Verdict.FAIL) {
            return finding;
        }
        return run.facts().faults().stream()
                .filter(fault -> fault.touched() && !fault.confirmed())
                .findFirst()
                .map(fault -> finding.butInconclusive(
                        finding.reason() + "; but when fault " + fault.id() + " acted is not confirmed"))
                .orElse(finding);
    }

    private Finding recovery(Objective objective) {
        var mine =
                faults.stream().filter(fault -> about(objective, fault.fault())).toList();
        if (mine.isEmpty()) {
            return Finding.inconclusive(0, "there was no such fault");
        }
        var worst = mine.stream()
                .flatMap(fault -> fault.timeToRecover().stream())
                .max(Comparator.naturalOrder())
                .map(time -> Micros.of(time) / 1e6);
        for (var wanted : List.of(Verdict.FAIL, Verdict.INCONCLUSIVE)) {
            for (var fault : mine) {
                var late = fault.timeToRecover().filter(time -> !objective.holds(Micros.of(time) / 1e6));
                var verdict = late.isPresent() || fault.timeToRecover().isEmpty() ? fault.verdict() : Verdict.PASS;
                if (verdict == wanted) {
                    return new Finding(worst, mine.size(), wanted, fault.fault() + ": " + fault.reason());
                }
            }
        }
        return new Finding(worst, mine.size(), Verdict.PASS, "");
    }

    static boolean about(Objective recovery, String fault) {
        return switch (recovery.scope().interval()) {
            case Scope.AfterFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.DuringFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.Whole _, Scope.OutsideFaults _ -> true;
        };
    }
}
