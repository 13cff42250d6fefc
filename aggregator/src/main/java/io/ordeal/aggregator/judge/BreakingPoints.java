package io.ordeal.aggregator.judge;

import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a load that went in steps became too much.
final class BreakingPoints {
    private final RunRecord run;
    private final Plan plan;

    BreakingPoints(RunRecord run) {
        this.run = run;
        this.plan = run.plan();
    }

    /// Returns one for each phase with steps in which something ended.
    List<BreakingPoint> all() {
        var points = new ArrayList<BreakingPoint>();
        for (int i = 0; i < plan.source().phases().size(); i++) {
            point(i).ifPresent(points::add);
        }
        return points;
    }

    private Optional<BreakingPoint> point(int phase) {
        var results = run.steps().stream()
                .filter(step -> step.place().phase() == phase)
                .filter(step -> step.evidence(Selection.ALL).tally().count() > 0)
                .map(this::result)
                .toList();
        if (results.isEmpty()) {
            return Optional.empty();
        }
        int broke = 0;
        while (broke < results.size() && results.get(broke).failed().isEmpty()) {
            broke++;
        }
        var info = plan.source().phases().get(phase);
        return Optional.of(new BreakingPoint(
                info.name(),
                info.steps().getFirst().unit(),
                broke == 0 ? Optional.empty() : Optional.of(results.get(broke - 1)),
                broke == results.size() ? Optional.empty() : Optional.of(results.get(broke)),
                broke == results.size()
                        ? ""
                        : run.resources()
                                .saturations()
                                .cause(Micros.of(results.get(broke).end()))));
    }

    private StepResult result(StepSum sum) {
        var info = plan.source().phases().get(sum.place().phase());
        var step = info.steps().get(sum.place().step());
        long start =
                run.facts().loadStart(plan.source()).orElseThrow() + Micros.of(info.start()) + Micros.of(step.start());
        var evidence = sum.evidence(Selection.ALL);
        var tally = evidence.tally();
        return new StepResult(
                step.level(),
                Micros.instant(start),
                Micros.instant(start + Micros.of(step.duration())),
                tally.count(),
                tally.bad(),
                tally.ok() / evidence.seconds(),
                tally.distribution(Measure.Latency.RESPONSE).summary(),
                failed(sum));
    }

    private List<String> failed(StepSum sum) {
        return plan.aims().stream()
                .filter(aim -> aim.objective().stream().anyMatch(objective -> fails(objective, sum)))
                .map(aim -> aim.spec().name())
                .toList();
    }

    private boolean fails(Objective objective, StepSum sum) {
        return Plan.ofWindows(objective.measure())
                && !(objective.measure() instanceof Measure.Throughput)
                && !objective.advisory()
                && plan.inPhase(objective, sum.place().phase())
                && Stream.of(sum.evidence(Selection.of(objective)))
                        .flatMap(evidence -> Judge.holds(objective, evidence).stream())
                        .anyMatch(holds -> !holds);
    }
}
