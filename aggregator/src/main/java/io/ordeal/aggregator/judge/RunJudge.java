package io.ordeal.aggregator.judge;

import io.ordeal.aggregator.statistics.Interval;
import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.GeneratorSummary;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.PhaseSummary;
import io.ordeal.schemas.results.RequestSummary;
import io.ordeal.schemas.results.RunVerdict;
import io.ordeal.schemas.results.Verdict;
import io.ordeal.schemas.results.VerdictEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The judge of a run.
///
/// FAIL when an objective fails beyond doubt; INCONCLUSIVE when anything leaves room for doubt; PASS only when every
/// objective is proven and nothing is open.
public final class RunJudge {
    private final RunRecord run;
    private final Plan plan;
    private final List<FaultVerdict> faults;

    private RunJudge(RunRecord run) {
        this.run = run;
        this.plan = run.plan();
        var known = run.facts().faults(plan.source());
        this.faults = known.stream()
                .map(fault -> new FaultJudge(
                                fault, known, run.rows(), run.resources().times(fault.id()))
                        .verdict(recoveries(fault)))
                .toList();
    }

    /// Returns the verdicts on the faults of `run`, then the one on the run.
    public static List<VerdictEvent> judge(RunRecord run) {
        var judge = new RunJudge(run);
        var id = run.plan().source().run();
        var verdict = judge.verdict();
        var events = new ArrayList<VerdictEvent>();
        for (var fault : judge.faults) {
            events.add(new VerdictEvent(id, fault.revertedAt().orElse(verdict.endedAt()), fault));
        }
        events.add(new VerdictEvent(id, verdict.endedAt(), verdict));
        return events;
    }

    private List<Objective> recoveries(Fault fault) {
        return plan.aims().stream()
                .flatMap(aim -> aim.objective().stream())
                .filter(objective -> objective.measure() instanceof Measure.Recovery)
                .filter(objective -> about(objective, fault.id()))
                .toList();
    }

    /// Whether an objective whose value is drawn from faults is about `fault`.
    public static boolean about(Objective recovery, String fault) {
        return switch (recovery.scope().interval()) {
            case Scope.AfterFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.DuringFaults(var id) -> id.isEmpty() || id.get().equals(fault);
            case Scope.Whole _, Scope.OutsideFaults _ -> true;
        };
    }

    private RunVerdict verdict() {
        var objectives = new ArrayList<ObjectiveVerdict>();
        for (int i = 0; i < plan.aims().size(); i++) {
            objectives.add(objective(
                    plan.aims().get(i),
                    run.trials().get(i),
                    Optional.ofNullable(run.resources().answers().get(i))));
        }
        var reasons = new Reasons(run, objectives).all();
        boolean failed = objectives.stream().anyMatch(each -> each.verdict() == Verdict.FAIL);
        var verdict = failed ? Verdict.FAIL : reasons.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        long first = run.rows().isEmpty() ? 0 : run.rows().getFirst().start();
        long last = run.rows().isEmpty() ? first : run.rows().getLast().end();
        long started = run.facts().startedAt().orElse(first);
        long ended = run.facts().finish().map(Facts.Finish::at).orElse(Math.max(last, started));
        return new RunVerdict(
                plan.source().campaign(),
                verdict,
                reasons,
                Micros.instant(started),
                Micros.instant(ended),
                run.account().ledger(),
                requests(),
                objectives,
                faults,
                phases(first, last),
                generator(),
                run.windows().count(),
                run.account().late(),
                List.of(),
                run.resources().trends(),
                List.of(),
                Optional.empty(),
                run.resources().refused());
    }

    private ObjectiveVerdict objective(Plan.Aim aim, RunRecord.Trial trial, Optional<Answer> ofResources) {
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
        var finding = ofResources.isPresent()
                ? undisputed(objective, ofResources.get().finding())
                : objective.measure() instanceof Measure.Recovery
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
                ofResources.map(Answer::windows).orElse(trial.windows()),
                ofResources.map(Answer::failed).orElse(trial.failed()),
                finding.verdict(),
                finding.reason(),
                ofResources.flatMap(Answer::interval).map(Interval::low),
                ofResources.flatMap(Answer::interval).map(Interval::high),
                Optional.empty(),
                ofResources.map(Answer::worst).orElse(List.of()));
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
                tooSaturated(run));
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
                .max(java.util.Comparator.naturalOrder())
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

    static boolean tooSaturated(RunRecord run) {
        return run.windows().tooSaturated();
    }

    private List<RequestSummary> requests() {
        return run.requests().entrySet().stream()
                .map(entry -> {
                    var info = plan.request(entry.getKey());
                    var tally = entry.getValue();
                    var response = tally.distribution(Measure.Latency.RESPONSE);
                    var service = tally.distribution(Measure.Latency.SERVICE);
                    return new RequestSummary(
                            info.scenario(),
                            info.request(),
                            tally.outcomes(),
                            run.judgedSeconds() > 0 ? tally.count() / run.judgedSeconds() : 0,
                            response.summary(),
                            service.summary(),
                            response.encoded(),
                            service.encoded(),
                            tally.bytesOut(),
                            tally.bytesIn(),
                            List.of());
                })
                .toList();
    }

    private List<PhaseSummary> phases(long first, long last) {
        var summaries = new ArrayList<PhaseSummary>();
        long loadStart = run.facts().loadStart(plan.source()).orElse(first);
        for (int i = 0; i < plan.source().phases().size(); i++) {
            var info = plan.source().phases().get(i);
            var tally = Optional.ofNullable(run.phases().get(i)).orElseGet(Tally::new);
            var start = run.facts().phaseStart(i);
            if (tally.count() == 0 && start.isEmpty()) {
                continue; // the run ended before it began
            }
            long from = start.orElse(loadStart + Micros.of(info.start()));
            long to = run.facts().phaseEnd(i).orElse(Math.min(from + Micros.of(info.duration()), Math.max(last, from)));
            summaries.add(new PhaseSummary(
                    info.name(),
                    info.judged(),
                    Micros.instant(from),
                    Micros.instant(to),
                    tally.count(),
                    tally.bad(),
                    tally.distribution(Measure.Latency.RESPONSE).summary()));
        }
        return summaries;
    }

    private GeneratorSummary generator() {
        var pace = run.pace();
        return new GeneratorSummary(
                run.instances().size(),
                pace.delay(50),
                pace.delay(99),
                pace.maxDelay(),
                pace.lag(99),
                pace.maxLag(),
                run.windows().saturated());
    }

    /// Whether the runner ended the run as planned.
    static boolean completed(RunRecord run) {
        return run.facts()
                .finish()
                .filter(finish -> finish.reason() == FinishReason.COMPLETED)
                .isPresent();
    }
}
