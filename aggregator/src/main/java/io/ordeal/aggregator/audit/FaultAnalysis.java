package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.BudgetShare;
import io.ordeal.schemas.results.FaultVerdict;
import io.ordeal.schemas.results.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one fault did to the service.
final class FaultAnalysis {
    private static final int ROW = 3;
    private static final int CALM = 30;

    private final Dossier dossier;
    private final Force fault;
    private final List<Force> others;
    private final List<Standing> windows;
    private final FaultReadings readings;

    /// @param windows every window that was told, in order
    FaultAnalysis(Dossier dossier, Force fault, List<Standing> windows) {
        this.dossier = dossier;
        this.fault = fault;
        this.others = dossier.faults().stream()
                .filter(other -> !other.id().equals(fault.id()))
                .toList();
        this.windows = windows;
        this.readings = new FaultReadings(dossier);
    }

    FaultVerdict verdict() {
        var breach =
                windows.stream().filter(this::during).filter(Standing::breaches).findFirst();
        var recovered = recovered();
        long recovery = recovered.orElse(Long.MAX_VALUE);
        var suffering = windows.stream()
                .filter(window ->
                        during(window) || (after(window) && window.span().start() < recovery))
                .toList();
        return new FaultVerdict(
                fault.id(),
                fault.kind(),
                fault.target(),
                fault.acted().map(Micros::instant),
                fault.reverted().map(Micros::instant),
                fault.confirmed(),
                breach.map(window -> Micros.duration(
                        Math.max(window.span().start() - fault.acted().orElseThrow(), 0))),
                timeToRecover(),
                median(before()),
                suffering.stream()
                        .filter(this::during)
                        .filter(window -> window.count() > 0)
                        .map(Standing::p95)
                        .max(Long::compare),
                median(from(recovery)),
                suffering.stream()
                        .filter(window -> window.count() > 0)
                        .mapToDouble(window -> (double) window.bad() / window.count())
                        .max()
                        .orElse(0),
                judged(),
                "",
                breach.stream()
                        .flatMap(window -> window.breached().stream())
                        .map(Terms.Goal::name)
                        .toList(),
                suffering.stream().mapToLong(Standing::bad).sum(),
                readings.trip(fault, dossier.resources().of(Measure.CIRCUIT_OPEN))
                        .map(Micros::duration),
                readings.drain(fault, dossier.resources().of(Measure.QUEUE_DEPTH))
                        .map(Micros::duration),
                budgets(suffering));
    }

    private List<BudgetShare> budgets(List<Standing> suffering) {
        var shares = new ArrayList<BudgetShare>();
        var starts = suffering.stream().map(window -> window.span().start()).toList();
        for (var goal : dossier.terms().goals()) {
            goal.objective()
                    .filter(objective -> objective.form() == Form.BUDGET)
                    .ifPresent(objective -> shares.add(
                            new BudgetShare(goal.name(), new Budget(dossier, dossier.reach(objective)).share(starts))));
        }
        return shares;
    }

    /// Returns the verdict without regard to what `recovery` objectives allow.
    Verdict unlimited() {
        if (!fault.confirmed() || windows.stream().noneMatch(Standing::looked)) {
            return Verdict.INCONCLUSIVE;
        }
        if (recovered().isPresent()) {
            return Verdict.PASS;
        }
        var told = windows.stream()
                .filter(this::after)
                .filter(Standing::looked)
                .filter(window -> !excused(window))
                .toList();
        return !told.isEmpty() && told.getLast().breaches() ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }

    private Verdict judged() {
        var verdict = unlimited();
        boolean late = limits().stream().anyMatch(limit -> !limit.holds(seconds(timeToRecover())));
        return verdict == Verdict.PASS && late ? Verdict.FAIL : verdict;
    }

    private List<Objective> limits() {
        return dossier.terms().goals().stream()
                .flatMap(goal -> goal.objective().stream())
                .filter(objective -> objective.measure() instanceof Measure.Recovery && !objective.advisory())
                .filter(objective -> fault.spokenOf(objective.scope()))
                .toList();
    }

    private static double seconds(Optional<Duration> time) {
        return time.map(Micros::of).orElse(0L) / 1e6;
    }

    /// Returns how long it took from the confirmed end until the objectives held again and stayed.
    Optional<Duration> timeToRecover() {
        return recovered().map(at -> Micros.duration(at - fault.reverted().orElseThrow()));
    }

    /// Returns where the first three holding windows in a row after the end begin; the end itself where no window was
    /// breached.
    private Optional<Long> recovered() {
        if (fault.acted().isEmpty() || fault.reverted().isEmpty()) {
            return Optional.empty();
        }
        boolean unscathed = windows.stream().filter(this::during).noneMatch(Standing::breaches);
        var row = new ArrayList<Long>();
        for (var window : windows) {
            if (!after(window) || excused(window)) {
                continue;
            }
            if (window.breaches()) {
                row.clear();
                unscathed = false;
            } else if (window.holds()) {
                row.add(window.span().start());
            }
            if (row.size() == ROW) {
                return unscathed ? fault.reverted() : Optional.of(row.getFirst());
            }
        }
        return Optional.empty();
    }

    /// While another fault is in force, a breach says nothing about this one.
    private boolean excused(Standing window) {
        return window.breaches() && disturbed(window);
    }

    private boolean disturbed(Standing window) {
        return others.stream()
                .anyMatch(
                        other -> other.meets(window.span().from(), window.span().end()));
    }

    private boolean during(Standing window) {
        return fault.meets(window.span().from(), window.span().end());
    }

    private boolean after(Standing window) {
        return fault.reverted().filter(end -> end <= window.span().start()).isPresent();
    }

    private List<Standing> before() {
        var calm = windows.stream()
                .filter(window ->
                        fault.acted().filter(act -> window.span().end() <= act).isPresent())
                .filter(window -> !disturbed(window))
                .toList();
        return calm.subList(Math.max(0, calm.size() - CALM), calm.size());
    }

    private List<Standing> from(long recovery) {
        return windows.stream()
                .filter(window -> window.span().start() >= recovery && !during(window))
                .filter(window -> !disturbed(window))
                .limit(CALM)
                .toList();
    }

    /// Returns the median, of an even number the upper one of the middle two.
    private static Optional<Long> median(List<Standing> of) {
        var sorted = of.stream()
                .filter(window -> window.count() > 0)
                .map(Standing::p95)
                .sorted()
                .toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }
}
