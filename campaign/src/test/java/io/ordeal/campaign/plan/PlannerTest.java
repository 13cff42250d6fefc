package io.ordeal.campaign.plan;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ordeal.campaign.read.CampaignReader;
import io.ordeal.campaign.read.Code;
import io.ordeal.campaign.read.DocumentProblem;
import io.ordeal.campaign.read.Reading;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.objective.ObjectiveParser;
import io.ordeal.schemas.results.PhaseInfo;
import io.ordeal.schemas.results.PlannedFault;
import io.ordeal.schemas.results.RequestInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static Plan plan(String text, double scale, String... overrides) {
        return switch (Planner.plan(accepted(text, overrides), scale)) {
            case Planning.Planned(var plan) -> plan;
            case Planning.Conflicting(var conflicts) -> throw new AssertionError(conflicts.toString());
        };
    }

    private static List<DocumentProblem> conflicts(String text, double scale) {
        var reading = (Reading.Accepted) CampaignReader.read("test.yaml", text, List.of());
        return switch (Planner.plan(reading.campaign(), scale)) {
            case Planning.Planned _ -> List.of();
            case Planning.Conflicting(var conflicts) -> reading.places().problems(conflicts);
        };
    }

    @Test
    void laysPhasesEndToEnd() {
        var plan = plan(SMALL, 1);

        assertThat(plan.phases())
                .containsExactly(
                        new PhaseInfo("warm-up", false, Duration.ZERO, Duration.ofSeconds(10)),
                        new PhaseInfo("steady", true, Duration.ofSeconds(10), Duration.ofSeconds(30)));
        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(40));
        assertThat(plan.load())
                .containsExactly(
                        new LoadPhase("warm-up", LoadModel.RAMPING_USERS, 0, 50, Duration.ofSeconds(10), false, 10_000),
                        new LoadPhase(
                                "steady", LoadModel.CONSTANT_RATE, 500, 500, Duration.ofSeconds(30), true, 10_000));
    }

    @Test
    void countsFaultsFromTheStartOfTheLoad() {
        assertThat(plan(SMALL, 1).objectives("r").faults())
                .containsExactly(
                        new PlannedFault(
                                "F1", "latency", "sample-service", Duration.ofSeconds(20), Duration.ofSeconds(5)),
                        new PlannedFault(
                                "F2", "kill", "sample-service", Duration.ofSeconds(30), Duration.ofSeconds(2)));
    }

    @Test
    void givesEverySegmentTheSameLoadAndItsNumber() {
        var segments = plan(SMALL, 1).segments("r", "http://127.0.0.1:1");

        assertThat(segments).extracting(SegmentPlan::segment).containsExactly(0, 1, 2, 3);
        assertThat(segments).extracting(SegmentPlan::segments).containsOnly(4);
        assertThat(segments).extracting(SegmentPlan::target).containsOnly("http://127.0.0.1:1");
    }

    @Test
    void countsStepsOfOneNameTogether() {
        var text = SMALL.replace("{get: \"/orders?last=1\"}", "{get: \"/orders?last=1\"}\n      - {get: /orders}");

        var plan = plan(text, 1);

        assertThat(plan.requests())
                .containsExactly(
                        new RequestInfo("browse", "GET /items"),
                        new RequestInfo("buy", "order"),
                        new RequestInfo("buy", "GET /orders"));
        assertThat(plan.scenarios().get(1).steps()).extracting("request").containsExactly(1, 2, 2);
    }

    @Test
    void carriesObjectivesThatCanBeParsedAgain() {
        var objectives = plan(SMALL, 1).objectives("r").objectives();

        assertThat(objectives).hasSize(3).allSatisfy(objective -> ObjectiveParser.parse(objective.expression()));
        assertThat(objectives.get(2).name()).isEqualTo("comes back");
        assertThat(objectives.get(2).expression()).isEqualTo("recovery < 10s");
    }

    @Test
    void shrinksPhasesAndFaultsButNotUsersLimitsOrTimeouts() {
        var plan = plan(SMALL, 0.5);

        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(20));
        assertThat(plan.faults())
                .extracting(TimedFault::at)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(15));
        assertThat(plan.faults())
                .extracting(fault -> fault.spec().duration())
                .containsExactly(Duration.ofMillis(2500), Duration.ofSeconds(1));
        assertThat(plan.scenarios().getFirst().think().max()).isEqualTo(Duration.ofSeconds(3));
        assertThat(plan.scenarios().getFirst().steps().getFirst().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(plan.objectives("r").objectives().get(2).expression()).isEqualTo("recovery < 10s");
    }

    @Test
    void keepsTwoWindowsOfAPhaseAndASecondOfAFaultAtTheSmallestScale() {
        var text = SMALL.replace("for: 30s", "for: 600s").replace("at: 30s", "at: steady + 400s");

        var plan = plan(text, 0.02);

        assertThat(plan.phases())
                .extracting(PhaseInfo::duration)
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(12));
        assertThat(plan.faults()).extracting(fault -> fault.spec().duration()).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void refusesAScaleThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Planner.plan(accepted(SMALL), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Planner.plan(accepted(SMALL), Double.NaN));
    }

    @Test
    void refusesAFaultThatOutlivesTheLoad() {
        var problems = conflicts(SMALL.replace("at: 30s, for: 2s", "at: 39s, for: 2s"), 1);

        assertThat(problems).extracting(DocumentProblem::code).contains(Code.OUTLIVES_LOAD);
        var problem = problems.getFirst();
        assertThat(problem.place().line()).isEqualTo(18);
        assertThat(problem.place().pointer()).isEqualTo("/faults/1/for");
        assertThat(problem.label()).isEqualTo("ends at 0:41");
        assertThat(problem.others().getFirst().label()).isEqualTo("the load ends at 0:40");
    }

    @Test
    void refusesFaultsOfOneKindOnOneTargetAtOnce() {
        var text = SMALL.replace(
                "{id: F2, kill: sample-service, at: 30s,", "{id: F2, latency: 1s, on: sample-service, at: 22s,");

        assertThat(conflicts(text, 1)).extracting(DocumentProblem::code).containsExactly(Code.OVERLAP);
        assertThat(conflicts(text.replace("latency: 1s", "bandwidth: 1KB/s"), 1))
                .isEmpty();
        assertThat(conflicts(text.replace("at: 22s", "at: 25s"), 1)).isEmpty();
    }

    @Test
    void refusesObjectivesThatCouldNeverBeJudged() {
        var early = SMALL.replace("at: steady + 10s, for: 5s", "at: 1s, for: 2s")
                .replace("- p95 < 500ms outside faults", "- p95 < 500ms during F1");
        var late = SMALL.replace("at: 30s, for: 2s", "at: 36s, for: 2s");

        assertThat(conflicts(early, 1)).extracting(DocumentProblem::code).containsExactly(Code.NEVER_JUDGED);
        assertThat(conflicts(late, 1)).extracting(DocumentProblem::code).containsExactly(Code.NEVER_JUDGED);
    }

    @Test
    void hashesWhatIsDoneAndJudgedAndNothingElse() {
        var plan = plan(SMALL, 1);

        assertThat(plan.hash())
                .hasSize(64)
                .isEqualTo(plan("# a comment\n" + SMALL, 1).hash());
        assertThat(plan.hash()).isNotEqualTo(plan(SMALL, 1, "seed=2").hash());
        assertThat(plan.hash()).isNotEqualTo(plan(SMALL, 0.9).hash());
        assertThat(plan.hash())
                .isNotEqualTo(plan(SMALL, 1, "guards.0=errors < 51% for 10s").hash());
        assertThat(plan.hash())
                .isNotEqualTo(plan(SMALL, 1, "faults.F1.jitter=99ms").hash());
    }

    @Test
    void estimatesOpenLoadFromRatesAndWeights() {
        var text = SMALL.replace("users: 0 -> 50", "rate: 0/s -> 500/s");

        var estimate = plan(text, 1).estimate();

        assertThat(estimate.exact()).isTrue();
        // 17,500 iterations; three of four have one step, one has two
        assertThat(estimate.requests()).isEqualTo(21_875);
        assertThat(plan(SMALL, 1).estimate().exact()).isFalse();
    }

    @Test
    void keepsLoadAsStrongOnATimeScale() {
        var text = SMALL.replace("rate: 500/s", "arrivals: 1000, poisson: true")
                .replace("users: 0 -> 50", "users: 10 -> 50, step: 10, every: 2s");

        var load = plan(text, 0.5).load();

        assertThat(load.get(0).every()).isEqualTo(Duration.ofSeconds(1));
        assertThat(load.get(0).step()).isEqualTo(10);
        assertThat(load.get(1).count()).isEqualTo(500);
        assertThat(load.get(1).poisson()).isTrue();
    }

    @Test
    void leavesWhatComesAtOnceAsItIsOnATimeScale() {
        assertThat(plan(SMALL.replace("rate: 500/s", "arrivals: 100 at once"), 0.5)
                        .load()
                        .get(1)
                        .count())
                .isEqualTo(100);
    }

    @Test
    void endsWithTheLastLoadAndTagsItsRequests() {
        var text = SMALL.replace(
                "weight: 3",
                "load: [{rate: 5/s, for: 40s}, {users: 2, for: 20s}]\n    start: 10s\n    tags: {tier: gold}");

        var plan = plan(text, 1);

        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(70));
        assertThat(plan.objectives("r").phases().getLast())
                .isEqualTo(new PhaseInfo("steady", true, Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(plan.load().getLast().duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(plan.scenarios().getFirst().load())
                .extracting(LoadPhase::model)
                .containsExactly(LoadModel.CONSTANT_RATE, LoadModel.CONSTANT_USERS);
        assertThat(plan.scenarios().getFirst().start()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plan.objectives("r").requests().getFirst().tags()).containsEntry("tier", "gold");
        assertThat(plan(text, 0.5).scenarios().getFirst().start()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void tellsGeneratorsHowLongIterationsMayGoOn() {
        assertThat(plan(SMALL + "graceful-stop: 30s\n", 1)
                        .segments("r", "")
                        .getFirst()
                        .gracefulStop())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void estimatesEveryModel() {
        var steps = SMALL.replace("users: 0 -> 50", "rate: 100/s -> 300/s, step: 100/s, every: 2s")
                .replace("rate: 500/s", "arrivals: 1000");

        // 2 s each of 100/s and 200/s, 6 s of 300/s; a quarter of the iterations has two steps
        assertThat(plan(steps, 1).estimate().requests()).isEqualTo(Math.round((2400 + 1000) * 1.25));
        assertThat(plan(steps, 1).estimate().exact()).isTrue();
    }
}
