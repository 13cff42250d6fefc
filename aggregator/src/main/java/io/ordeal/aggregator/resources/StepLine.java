package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Plan;
import io.ordeal.schemas.objective.Comparison;
import io.ordeal.schemas.objective.Form;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.objective.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures of requests that are followed from step to step.
///
/// @param aim the place in the plan of the objective that they are followed for; -1: for the trends
/// @param of whose scope and requests count
public record StepLine(int aim, Objective of, List<Measure> measures) {
    private static final Measure.Latency RESPONSE = Measure.Latency.RESPONSE;

    /// What a run's trends are of, over the judged phases.
    static final List<Measure> TRENDS = List.of(
            new Measure.Percentile(50, RESPONSE),
            new Measure.Percentile(95, RESPONSE),
            new Measure.ErrorRatio(),
            new Measure.Throughput());

    public StepLine {
        measures = List.copyOf(measures);
    }

    /// Returns the line of the trends, and one for each objective on growth of what requests say.
    public static List<StepLine> of(Plan plan) {
        var lines = new ArrayList<StepLine>();
        lines.add(new StepLine(-1, wholeRun(), TRENDS));
        for (int i = 0; i < plan.aims().size(); i++) {
            int aim = i;
            plan.aims().get(i).objective().ifPresent(objective -> {
                if (objective.measure() instanceof Measure.Slope(var of) && Plan.ofWindows(of)) {
                    lines.add(new StepLine(aim, objective, List.of(of)));
                }
            });
        }
        return lines;
    }

    /// An objective that everything in the judged phases counts for.
    static Objective wholeRun() {
        return new Objective(
                "",
                true,
                new Measure.Throughput(),
                Optional.empty(),
                Optional.empty(),
                Comparison.AT_LEAST,
                0,
                new Scope(Optional.empty(), new Scope.Whole()),
                Form.OVER_ALL,
                Optional.empty());
    }
}
