package io.ordeal.aggregator.audit;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.LoadStep;
import io.ordeal.schemas.results.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where loads that went in steps became too much.
final class Steps {
    private final Dossier dossier;

    Steps(Dossier dossier) {
        this.dossier = dossier;
    }

    List<BreakingPoint> all() {
        var points = new ArrayList<BreakingPoint>();
        for (int phase = 0; phase < dossier.terms().phases(); phase++) {
            point(phase).ifPresent(points::add);
        }
        return points;
    }

    private Optional<BreakingPoint> point(int phase) {
        var info = dossier.terms().source().phases().get(phase);
        Optional<StepResult> held = Optional.empty();
        Optional<StepResult> broke = Optional.empty();
        for (var step : info.steps()) {
            var result = broke.isPresent() ? Optional.<StepResult>empty() : result(phase, step);
            if (result.isPresent()) {
                boolean holds = result.get().failed().isEmpty();
                held = holds ? result : held;
                broke = holds ? broke : result;
            }
        }
        var unit = info.steps().isEmpty() ? "" : info.steps().getFirst().unit();
        return held.isEmpty() && broke.isEmpty()
                ? Optional.empty()
                : Optional.of(new BreakingPoint(info.name(), unit, held, broke, ""));
    }

    /// Returns what the windows that lie wholly within a step say together, or empty where nothing ended.
    private Optional<StepResult> result(int phase, LoadStep step) {
        var info = dossier.terms().source().phases().get(phase);
        return dossier.story().loadStart(dossier.terms().source()).flatMap(loadStart -> {
            long start = loadStart + Micros.of(info.start()) + Micros.of(step.start());
            long end = start + Micros.of(step.duration());
            var spans = dossier.told().stream()
                    .filter(span -> span.start() >= start && span.end() <= end)
                    .toList();
            var ended = Ended.together(spans.stream()
                    .map(span -> span.slot().orElseThrow().ended().where(timing -> timing.phase() == phase))
                    .toList());
            double seconds =
                    spans.stream().mapToLong(span -> span.end() - span.start()).sum() / 1e6;
            return ended.count() == 0
                    ? Optional.empty()
                    : Optional.of(new StepResult(
                            step.level(),
                            Micros.instant(start),
                            Micros.instant(end),
                            ended.count(),
                            ended.bad(),
                            ended.ok() / seconds,
                            ended.latencies(Measure.Latency.RESPONSE).summary(),
                            failed(phase, spans)));
        });
    }

    private List<String> failed(int phase, List<Span> spans) {
        return dossier.terms().goals().stream()
                .filter(goal -> goal.objective()
                        .filter(objective -> !holds(objective, phase, spans))
                        .isPresent())
                .map(Terms.Goal::name)
                .toList();
    }

    private boolean holds(Objective objective, int phase, List<Span> spans) {
        boolean custom = objective.measure() instanceof Measure.Custom && !objective.advisory();
        var reach = dossier.reach(objective);
        if (!(Terms.tellsBreaches(objective) || custom) || !reach.counts(phase)) {
            return true;
        }
        var ended = Ended.together(spans.stream()
                .map(span -> reach.requests(span).where(timing -> timing.phase() == phase))
                .toList());
        long dropped = spans.stream()
                .filter(span -> span.mainPhase() == phase)
                .mapToLong(Span::dropped)
                .sum();
        var evidence = new Evidence(ended, Terms.concernsAll(objective) ? dropped : 0, 0, 0, false, false);
        return Observation.of(objective.measure(), evidence)
                .map(objective::holds)
                .orElse(true);
    }
}
