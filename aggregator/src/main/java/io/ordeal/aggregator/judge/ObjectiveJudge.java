package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.BudgetVerdict;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The judge of objectives over a run.
public final class ObjectiveJudge {
    private final RunRecord run;
    private final List<FaultJudge> faults;
    private final Budgets budgets;

    ObjectiveJudge(RunRecord run, List<FaultJudge> faults, Budgets budgets) {
        this.run = run;
        this.faults = faults;
        this.budgets = budgets;
    }

    /// Returns the verdict on an objective, by the evidence for it.
    ///
    /// @param answer what samples of resource use or points over time say, where the objective rests on them
    ObjectiveVerdict verdict(Plan.Aim aim, RunRecord.Trial trial, Optional<Answer> answer) {
        return aim.objective()
                .map(objective -> verdict(
                        aim,
                        objective,
                        answer.map(of -> of.with(undisputed(objective, of.finding())))
                                .orElseGet(() -> answer(aim, objective, trial))))
                .orElseGet(() -> unreadable(aim));
    }

    private Answer answer(Plan.Aim aim, Objective objective, RunRecord.Trial trial) {
        var finding = finding(objective, trial);
        return new Answer(
                budgets.verdict(aim.spec().name())
                        .map(budget -> burned(finding, budget))
                        .orElse(finding),
                trial.windows(),
                trial.failed(),
                interval(objective, trial),
                trial.failures());
    }

    private ObjectiveVerdict verdict(Plan.Aim aim, Objective objective, Answer answer) {
        var finding = objective.advisory() ? answer.finding().advised() : answer.finding();
        return new ObjectiveVerdict(
                aim.spec().name(),
                aim.spec().expression(),
                scope(objective),
                finding.observed(),
                objective.limit(),
                objective.measure().unit().symbol(),
                finding.samples(),
                answer.windows(),
                answer.failed(),
                finding.verdict(),
                finding.reason(),
                answer.interval().map(Interval::low),
                answer.interval().map(Interval::high),
                budgets.verdict(aim.spec().name()),
                answer.worst());
    }

    private static ObjectiveVerdict unreadable(Plan.Aim aim) {
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

    private static String scope(Objective objective) {
        var text = objective.scope().text();
        return objective.of().map(name -> name + ", " + text).orElse(text)
                + switch (objective.form()) {
                    case OVER_ALL -> "";
                    case PER_WINDOW -> ", per window";
                    case BUDGET -> ", as budget";
                };
    }

    private Finding finding(Objective objective, RunRecord.Trial trial) {
        return switch (objective.measure()) {
            case Measure.Recovery _ -> recovery(objective);
            case Measure measure
            when Plan.ofWindows(measure) ->
                undisputed(
                        objective,
                        objective.perWindow() ? perWindow(trial) : Judge.ofRun(objective, whole(trial.evidence())));
            case Measure other -> throw new IllegalArgumentException("not judged by requests: " + other);
        };
    }

    /// Of the requests that the account misses, nobody knows which scope they were in.
    private Evidence whole(Evidence evidence) {
        return new Evidence(
                evidence.tally(),
                evidence.unmet(),
                evidence.unknown() + run.account().unknown(),
                evidence.seconds(),
                evidence.stalled(),
                run.windows().tooSaturated());
    }

    private static Optional<Interval> interval(Objective objective, RunRecord.Trial trial) {
        return Plan.ofWindows(objective.measure()) && !objective.perWindow()
                ? Observation.of(objective, trial.evidence()).interval()
                : Optional.empty();
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

    /// A budget that will last may still have burned so fast at times that somebody should know.
    private static Finding burned(Finding finding, BudgetVerdict budget) {
        if (finding.verdict() != Verdict.PASS || budget.alerts().isEmpty()) {
            return finding;
        }
        var alert = budget.alerts().getFirst();
        return new Finding(
                finding.observed(),
                finding.samples(),
                Verdict.WARN,
                "its budget burned up to " + Words.quantity(alert.greatest(), Unit.NUMBER) + " times too fast over "
                        + Words.quantity(Micros.of(alert.longWindow()) / 1e6, Unit.SECONDS) + ", limit "
                        + Words.quantity(alert.threshold(), Unit.NUMBER));
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
                var judged = fault.judged(List.of(objective));
                if (judged.verdict() == wanted) {
                    return new Finding(worst, mine.size(), wanted, fault.fault() + ": " + judged.reason());
                }
            }
        }
        return new Finding(worst, mine.size(), Verdict.PASS, "");
    }

    /// Whether an objective on one value for each fault is about this one.
    public static boolean about(Objective objective, String fault) {
        return switch (objective.scope().interval()) {
            case Scope.AfterFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.DuringFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.Whole _, Scope.OutsideFaults _ -> true;
        };
    }
}
