package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import io.ordeal.schemas.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How objectives with one value for each fault stand: the worst of them decides.
final class FaultRulings {
    private final Dossier dossier;
    private final List<Standing> windows;
    private final FaultReadings readings;

    /// One fault by one objective.
    private record Case(Optional<Double> seconds, Verdict verdict) {}

    FaultRulings(Dossier dossier, List<Standing> windows) {
        this.dossier = dossier;
        this.windows = windows;
        this.readings = new FaultReadings(dossier);
    }

    Ruling recovery(Objective objective) {
        return of(faults(objective).stream()
                .map(fault -> recovery(objective, new FaultAnalysis(dossier, fault, windows), fault))
                .toList());
    }

    private static Case recovery(Objective objective, FaultAnalysis analysis, Force fault) {
        var seconds = analysis.timeToRecover().map(time -> Micros.of(time) / 1e6);
        if (seconds.isEmpty()) {
            return new Case(seconds, analysis.unlimited());
        }
        boolean holds = objective.holds(seconds.get());
        return new Case(seconds, holds ? Verdict.PASS : fault.failed() ? Verdict.INCONCLUSIVE : Verdict.FAIL);
    }

    Ruling timeToTrip(Objective objective) {
        var sources = dossier.resources().of(Measure.CIRCUIT_OPEN, objective);
        return of(faults(objective).stream()
                .map(fault -> trip(objective, fault, sources))
                .toList());
    }

    private Case trip(Objective objective, Force fault, Map<String, List<Resources.Reading>> sources) {
        var seconds = readings.trip(fault, sources).map(micros -> micros / 1e6);
        if (seconds.isPresent()) {
            return new Case(seconds, objective.holds(seconds.get()) ? Verdict.PASS : Verdict.FAIL);
        }
        boolean seen = sources.values().stream().flatMap(List::stream).anyMatch(reading -> fault.at(reading.at()));
        boolean longEnough = fault.acted()
                .flatMap(act -> fault.reverted().map(end -> (end - act) / 1e6))
                .filter(length -> length > objective.limit())
                .isPresent();
        return new Case(seconds, seen && longEnough ? Verdict.FAIL : Verdict.INCONCLUSIVE);
    }

    Ruling queueDrain(Objective objective) {
        var sources = dossier.resources().of(Measure.QUEUE_DEPTH, objective);
        var phase = objective.scope().phase();
        if (phase.isEmpty() || named(objective.scope())) {
            return of(faults(objective).stream()
                    .map(fault -> fault.acted()
                            .flatMap(act -> fault.reverted().map(end -> drain(objective, act, end, sources)))
                            .orElse(new Case(Optional.empty(), Verdict.INCONCLUSIVE)))
                    .toList());
        }
        var cases = new ArrayList<Case>();
        for (int i = 0; i < dossier.terms().phases(); i++) {
            var info = dossier.terms().source().phases().get(i);
            if (phase.get().equals(info.name())) {
                dossier.story()
                        .loadStart(dossier.terms().source())
                        .map(start -> start + Micros.of(info.start()))
                        .ifPresent(start ->
                                cases.add(drain(objective, start, start + Micros.of(info.duration()), sources)));
            }
        }
        return of(cases);
    }

    private static boolean named(Scope scope) {
        return switch (scope.interval()) {
            case Scope.DuringFaults(var fault) -> fault.isPresent();
            case Scope.AfterFaults(var fault) -> fault.isPresent();
            case Scope.Whole _, Scope.OutsideFaults _ -> false;
        };
    }

    private Case drain(Objective objective, long begin, long end, Map<String, List<Resources.Reading>> sources) {
        var seconds = readings.drain(begin, end, sources).map(micros -> micros / 1e6);
        if (seconds.isPresent()) {
            return new Case(seconds, objective.holds(seconds.get()) ? Verdict.PASS : Verdict.FAIL);
        }
        boolean tooLate = sources.values().stream()
                .filter(source -> readings.drain(begin, end, source).isEmpty())
                .anyMatch(source -> (source.getLast().at() - end) / 1e6 > objective.limit());
        return new Case(seconds, tooLate ? Verdict.FAIL : Verdict.INCONCLUSIVE);
    }

    private List<Force> faults(Objective objective) {
        return dossier.faults().stream()
                .filter(fault -> fault.spokenOf(objective.scope()))
                .toList();
    }

    private static Ruling of(List<Case> cases) {
        var observed = cases.stream().flatMap(each -> each.seconds.stream()).max(Double::compare);
        var verdict = cases.stream()
                .map(Case::verdict)
                .max(java.util.Comparator.comparingInt(Finding::severity))
                .orElse(Verdict.INCONCLUSIVE);
        return Ruling.of(new Finding(observed, cases.size(), verdict));
    }
}
