package io.ordeal.aggregator.resources;

import io.ordeal.aggregator.judge.Answer;
import io.ordeal.aggregator.judge.Facts;
import io.ordeal.aggregator.judge.Judge;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.ResourceFindings;
import io.ordeal.schemas.objective.Measure;
import io.ordeal.schemas.objective.Objective;
import io.ordeal.schemas.results.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The judge of what samples of resource use, and points over time, say of a run.
public final class ResourceJudge {
    private final Plan plan;
    private final Facts facts;
    private final Recording recording;
    private final Evidence evidence;
    private final FaultTimesJudge faults;

    /// What is judged beside the samples.
    ///
    /// @param requests the points of each measure of each line of [StepLine#of]
    /// @param saturated whether the generators could not keep their schedule
    /// @param refused readings of more series than are kept
    public record Evidence(List<List<List<Steps.Point>>> requests, boolean saturated, long refused) {}

    private ResourceJudge(Plan plan, Facts facts, Recording recording, Evidence evidence) {
        this.plan = plan;
        this.facts = facts;
        this.recording = recording;
        this.evidence = evidence;
        this.faults = new FaultTimesJudge(plan, facts, recording);
    }

    /// Returns all that can be said of a run that is over.
    public static ResourceFindings judge(Plan plan, Facts facts, Recording recording, Evidence evidence) {
        var judge = new ResourceJudge(plan, facts, recording, evidence);
        var answers = new HashMap<Integer, Answer>();
        for (int i = 0; i < plan.aims().size(); i++) {
            int aim = i;
            plan.aims()
                    .get(i)
                    .objective()
                    .flatMap(objective -> judge.answer(aim, objective))
                    .ifPresent(answer -> answers.put(aim, answer));
        }
        return new ResourceFindings(
                answers,
                judge.faults.times(),
                TrendFinder.find(plan, facts, recording, evidence.requests.getFirst()),
                SaturationFinder.find(recording),
                evidence.refused);
    }

    /// Returns the answer to an objective that is judged here.
    private Optional<Answer> answer(int aim, Objective objective) {
        return switch (objective.measure()) {
            case Measure.Level level -> Optional.of(new LevelJudge(objective, level, plan, facts, recording).answer());
            case Measure.Slope(Measure.Level level) ->
                Optional.of(new SlopeJudge(objective)
                        .answer(level.reading(), new LevelJudge(objective, level, plan, facts, recording)));
            case Measure.Slope(var of) -> ofRequests(aim, objective, of);
            case Measure.TimeToTrip _ -> Optional.of(faults.trip(objective));
            case Measure.QueueDrain _ -> Optional.of(faults.drain(objective));
            case Measure _ -> Optional.empty();
        };
    }

    private Optional<Answer> ofRequests(int aim, Objective objective, Measure of) {
        var lines = StepLine.of(plan);
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).aim() == aim) {
                var points = evidence.requests.get(line).getFirst();
                return Optional.of(trusted(of, objective, new SlopeJudge(objective).answer(points, "")));
            }
        }
        return Optional.empty();
    }

    /// Generators that are late make a service look slower and slower.
    private Answer trusted(Measure of, Objective objective, Answer answer) {
        boolean proven = answer.finding().verdict() == Verdict.FAIL && Judge.ownTime(of, objective);
        if (!evidence.saturated || proven) {
            return answer;
        }
        var finding = answer.finding().butInconclusive("the generators could not keep their schedule");
        return answer.with(finding);
    }
}
