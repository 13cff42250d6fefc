package io.ordeal.aggregator.judge;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.objective.Unit;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Why a run is not PASS, in plain sentences, worst first.
final class Reasons {
    private final RunRecord run;
    private final List<ObjectiveVerdict> objectives;
    private final List<String> reasons = new ArrayList<>();

    Reasons(RunRecord run, List<ObjectiveVerdict> objectives) {
        this.run = run;
        this.objectives = objectives;
    }

    List<String> all() {
        objectives(Verdict.FAIL, " does not hold: ");
        end();
        evidence();
        generators();
        faults();
        watch();
        refused();
        objectives(Verdict.INCONCLUSIVE, " is inconclusive: ");
        if (deciding().findAny().isEmpty()) {
            reasons.add("No objective was set that decides, so nothing can be passed.");
        }
        return reasons;
    }

    /// Returns what keeps no run from passing but should be known.
    List<String> warnings() {
        return IntStream.range(0, objectives.size())
                .filter(i ->
                        run.plan().aims().get(i).advisory() || objectives.get(i).verdict() == Verdict.WARN)
                .mapToObj(objectives::get)
                .filter(objective -> objective.verdict() != Verdict.PASS)
                .map(objective -> "`" + objective.expression() + "`"
                        + (objective.verdict() == Verdict.WARN ? " warns: " : " is inconclusive: ") + objective.reason()
                        + ".")
                .toList();
    }

    private Stream<ObjectiveVerdict> deciding() {
        return IntStream.range(0, objectives.size())
                .filter(i -> !run.plan().aims().get(i).advisory())
                .mapToObj(objectives::get);
    }

    private void objectives(Verdict verdict, String says) {
        deciding()
                .filter(objective -> objective.verdict() == verdict)
                .forEach(
                        objective -> reasons.add("`" + objective.expression() + "`" + says + objective.reason() + "."));
    }

    private void end() {
        if (run.unattended()) {
            reasons.add("The runner was gone before it ended the run: this is a verdict over what ran.");
        }
        run.facts()
                .finish()
                .filter(finish -> finish.reason() != FinishReason.COMPLETED)
                .ifPresent(finish -> {
                    var how = switch (finish.reason()) {
                        case INTERRUPTED -> "was interrupted";
                        case ABORTED -> "was aborted";
                        case GUARD -> "was stopped by a guard";
                        case COMPLETED -> "completed";
                    };
                    reasons.add("The run " + how + (finish.detail().isBlank() ? "" : " (" + finish.detail() + ")")
                            + ": this is a verdict over what ran.");
                });
    }

    private void evidence() {
        if (run.account().aggregated() == 0) {
            reasons.add("No request ended: there is nothing to judge.");
        }
        if (!run.absent().isEmpty()) {
            reasons.add(segments(run.absent()) + " of " + run.plan().source().segments() + " never reported.");
        }
        if (!run.unfinished().isEmpty()) {
            reasons.add(segments(run.unfinished()) + " fell silent before the end of the load.");
        }
        run.account().gap().ifPresent(gap -> reasons.add("The ledger is open: " + gap + "."));
        if (run.windows().waited() > 0) {
            reasons.add(Words.count(run.windows().waited(), "window")
                    + " closed after a bounded wait, so events may be missing from them.");
        }
        long due = run.account().scheduled();
        long dropped = run.account().dropped();
        if (dropped > Rules.DROPPED * due) {
            reasons.add("The load was not delivered: " + Words.count(dropped) + " of " + Words.count(due)
                    + " requests that were due were dropped.");
        }
    }

    private void generators() {
        if (run.handovers() > 0) {
            reasons.add("Segments changed hands " + Words.count(run.handovers(), "time")
                    + " with a pause, in which their load was not driven.");
        }
        if (run.windows().tooSaturated()) {
            reasons.add("The generators could not keep their schedule in "
                    + Words.count(run.windows().saturated()) + " of "
                    + Words.count(run.windows().count(), "window") + ".");
        }
    }

    private void faults() {
        for (var fault : run.facts().faults(run.plan().source())) {
            if (fault.failure().isPresent()) {
                reasons.add(
                        "Fault " + fault.id() + " failed: " + fault.failure().get() + ".");
            } else if (fault.appliedAt().isEmpty()) {
                reasons.add("Fault " + fault.id() + " was never confirmed to act.");
            } else if (fault.revertedAt().isEmpty()) {
                reasons.add("Fault " + fault.id() + " was never confirmed to be over.");
            }
        }
    }

    private void watch() {
        run.facts()
                .unwatched()
                .ifPresent(silence -> reasons.add("The aggregator was silent for "
                        + Words.quantity((silence.to() - silence.from()) / 1e6, Unit.SECONDS)
                        + " after a fault had begun to act: the fault may have hit the one who judges."));
    }

    private void refused() {
        if (run.refused() > 0) {
            reasons.add("There was more than is kept of a run: " + Words.count(run.refused())
                    + " requests, measures or readings were refused.");
        }
    }

    private static String segments(Set<Integer> segments) {
        return (segments.size() == 1 ? "Segment " : "Segments ")
                + segments.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
