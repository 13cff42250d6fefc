package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.ObjectiveVerdict;
import io.ordeal.schemas.results.Verdict;
import java.util.List;
import java.util.Optional;

/// The verdicts on the objectives of a run.
final class Rulings {
    private final Dossier dossier;
    private final List<Standing> windows;

    Rulings(Dossier dossier, List<Standing> windows) {
        this.dossier = dossier;
        this.windows = windows;
    }

    List<ObjectiveVerdict> all() {
        return dossier.terms().goals().stream().map(this::verdict).toList();
    }

    private ObjectiveVerdict verdict(Terms.Goal goal) {
        if (goal.objective().isEmpty()) {
            return verdict(goal, "", 0, "", Ruling.of(Finding.NOTHING), Verdict.INCONCLUSIVE);
        }
        var objective = goal.objective().get();
        var ruling = undisputed(objective, ruling(objective));
        return verdict(
                goal,
                scope(objective),
                objective.limit(),
                objective.measure().unit().symbol(),
                ruling,
                Finding.told(objective, ruling.finding().verdict()));
    }

    private static ObjectiveVerdict verdict(
            Terms.Goal goal, String scope, double limit, String unit, Ruling ruling, Verdict verdict) {
        return new ObjectiveVerdict(
                goal.name(),
                goal.spec().expression(),
                scope,
                ruling.finding().observed(),
                limit,
                unit,
                ruling.finding().samples(),
                ruling.windows(),
                ruling.failed(),
                verdict,
                "",
                ruling.ends().map(Ruling.Ends::low),
                ruling.ends().map(Ruling.Ends::high),
                ruling.budget(),
                ruling.worst());
    }

    private Ruling ruling(Objective objective) {
        var ofFaults = new FaultRulings(dossier, windows);
        return switch (objective.measure()) {
            case Measure.Percentile _,
                    Measure.Mean _,
                    Measure.Maximum _,
                    Measure.ErrorRatio _,
                    Measure.Availability _,
                    Measure.Throughput _,
                    Measure.Custom _ -> new RequestRulings(dossier).of(objective);
            case Measure.Recovery _ -> ofFaults.recovery(objective);
            case Measure.TimeToTrip _ -> ofFaults.timeToTrip(objective);
            case Measure.QueueDrain _ -> ofFaults.queueDrain(objective);
            case Measure.Level level -> new Levels(dossier).of(objective, level);
            case Measure.Slope(var of) -> new Slopes(dossier).of(objective, of);
        };
    }

    /// Where a fault may have acted without confirmation, nobody knows what is inside it and what outside.
    private Ruling undisputed(Objective objective, Ruling ruling) {
        boolean whole = objective.scope().interval() instanceof Scope.Whole;
        boolean disputed = dossier.story().faults().stream().anyMatch(fault -> fault.touched() && !fault.confirmed());
        boolean takenBack = !whole
                && disputed
                && !objective.measure().ofFaults()
                && ruling.finding().failed();
        return takenBack ? ruling.with(Verdict.INCONCLUSIVE) : ruling;
    }

    private static String scope(Objective objective) {
        var text = objective.scope().text();
        return Optional.of(objective.of().map(name -> name + ", " + text).orElse(text))
                .map(words -> switch (objective.form()) {
                    case OVER_ALL -> words;
                    case PER_WINDOW -> words + ", per window";
                    case BUDGET -> words + ", as budget";
                })
                .orElse(text);
    }
}
