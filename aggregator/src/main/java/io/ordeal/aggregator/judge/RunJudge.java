package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.FirstBreach;
import io.ordeal.schemas.results.ObjectiveVerdict;
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
    private final List<FaultJudge> faultJudges;
    private final List<FaultVerdict> faults;
    private final Budgets budgets;

    private RunJudge(RunRecord run) {
        this.run = run;
        this.plan = run.plan();
        this.budgets = new Budgets(plan, run.facts(), run.rows(), run.trials());
        var known = run.facts().faults(plan.source());
        this.faultJudges = known.stream()
                .map(fault -> new FaultJudge(
                        fault, known, run.rows(), plan, run.resources().times(fault.id())))
                .toList();
        this.faults = faultJudges.stream()
                .map(judge -> judge.verdict(recoveries(judge.fault()), budgets))
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

    /// Returns the objectives that decide whether a fault was recovered from in time.
    private List<Objective> recoveries(String fault) {
        return plan.aims().stream()
                .flatMap(aim -> aim.objective().stream())
                .filter(objective -> objective.measure() instanceof Measure.Recovery && !objective.advisory())
                .filter(objective -> ObjectiveJudge.about(objective, fault))
                .toList();
    }

    private RunVerdict verdict() {
        var objectives = new ArrayList<ObjectiveVerdict>();
        var judge = new ObjectiveJudge(run, faultJudges, budgets);
        for (int i = 0; i < plan.aims().size(); i++) {
            objectives.add(judge.verdict(
                    plan.aims().get(i),
                    run.trials().get(i),
                    Optional.ofNullable(run.resources().answers().get(i))));
        }
        var why = new Reasons(run, objectives);
        var reasons = why.all();
        boolean failed = objectives.stream().anyMatch(each -> each.verdict() == Verdict.FAIL);
        var verdict = failed ? Verdict.FAIL : reasons.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        var summaries = new RunSummaries(run);
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
                summaries.requests(),
                objectives,
                faults,
                summaries.phases(first, last),
                summaries.generator(),
                run.windows().count(),
                run.account().late(),
                why.warnings(),
                run.resources().trends(),
                new BreakingPoints(run).all(),
                firstBreach(),
                run.refused());
    }

    private Optional<FirstBreach> firstBreach() {
        return run.rows().stream()
                .filter(row -> plan.judged(row.phase()) && !row.breached().isEmpty())
                .findFirst()
                .map(row -> new FirstBreach(
                        Micros.instant(row.start()),
                        plan.nameOf(row.breached().getFirst()),
                        run.resources().saturations().before(row.end())));
    }
}
