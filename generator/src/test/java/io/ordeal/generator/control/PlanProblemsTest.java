package io.ordeal.generator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.Cookies;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanProblemsTest {
    private static final Think NONE = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);

    @Test
    void findsNothingInAGoodPlan() {
        assertThat(PlanProblems.of(Plans.plan("run", 0))).isEmpty();
    }

    @Test
    void findsEverythingAtOnce() {
        var step = new Step(
                0,
                "s",
                "G T",
                "no slash",
                Map.of("a b", "x", "c", "1\r\nd: 2"),
                "",
                Duration.ZERO,
                new Check(List.of(), ""));
        var plan = new SegmentPlan(
                "run",
                2,
                2,
                0,
                "ftp://insecure",
                List.of(new LoadPhase("p", LoadModel.CONSTANT_RATE, Double.NaN, -1, Duration.ZERO, true, 0)),
                List.of(new Scenario("one", 0, NONE, List.of(step)), new Scenario("empty", -1, NONE, List.of())),
                new Connections(ConnectionMode.SHARED, 0, Duration.ZERO),
                Duration.ZERO,
                Duration.ZERO);

        assertThat(PlanProblems.of(plan))
                .hasSize(17)
                .anyMatch(problem -> problem.contains("does not begin with http://"))
                .anyMatch(problem -> problem.contains("segment 2 is not one of 2"))
                .anyMatch(problem -> problem.contains("`G T` is no method"))
                .anyMatch(problem -> problem.contains("header `c` has control characters"));
    }

    @Test
    void findsNothingInPhasesOfAnyModel() {
        assertThat(problems(phase(LoadModel.STEPPED_RATE, 500, 100, -50, 0, false, true)))
                .isEmpty();
        assertThat(problems(phase(LoadModel.STEPPED_USERS, 50, 500, 50, 0, false, false)))
                .isEmpty();
        assertThat(problems(phase(LoadModel.SHARED_ITERATIONS, 5, 5, 0, 1, true, false)))
                .isEmpty();
        assertThat(problems(phase(LoadModel.ARRIVALS, 0, 0, 0, 1000, false, true)))
                .isEmpty();
    }

    @Test
    void findsWhatDoesNotGoWithAModel() {
        assertThat(problems(phase(LoadModel.STEPPED_RATE, 10, 20, -1, 0, false, false)))
                .singleElement()
                .asString()
                .contains("phase `p`: its step does not lead from");
        assertThat(problems(phase(LoadModel.STEPPED_USERS, 10, 20, 1e-6, 0, true, false)))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("more than 10000 steps"))
                .anyMatch(problem -> problem.contains("`atOnce` does not go with STEPPED_USERS"));
        assertThat(problems(phase(LoadModel.SHARED_ITERATIONS, 0, 0, 0, 0, false, true)))
                .hasSize(3)
                .anyMatch(problem -> problem.contains("count is not between 1"))
                .anyMatch(problem -> problem.contains("have no users"))
                .anyMatch(problem -> problem.contains("`poisson` does not go with SHARED_ITERATIONS"));
    }

    @Test
    void boundsWhatAPlanMakesOfMemory() {
        var plan = Plans.plan("run", 0);
        var random = phase(LoadModel.CONSTANT_RATE, 5e6, 5e6, 0, 0, false, true);

        assertThat(PlanProblems.of(with(plan, List.of(random)))).isEmpty();
        assertThat(PlanProblems.of(with(plan, List.of(random, random))))
                .containsExactly("it has more than 10^9 arrivals at random");
        assertThat(PlanProblems.of(
                        with(plan, Collections.nCopies(1001, plan.phases().getFirst()))))
                .containsExactly("it has more than 1000 phases");
    }

    @Test
    void findsWhatIsWrongWithTheLoadOfAScenario() {
        var plan = Plans.plan("run", 0);
        var step = plan.scenarios().getFirst().steps();
        var own = new Scenario(
                "own",
                0,
                NONE,
                step,
                List.of(phase(LoadModel.ARRIVALS, 0, 0, 0, 0, false, false)),
                Duration.ofMillis(-1),
                Duration.ZERO,
                List.of(),
                Cookies.NONE,
                Optional.empty());
        var broken = new SegmentPlan(
                "run",
                0,
                2,
                1,
                plan.target(),
                plan.phases(),
                List.of(own),
                plan.connections(),
                plan.window(),
                plan.tick());

        assertThat(PlanProblems.of(broken))
                .containsExactly(
                        "scenario `own`: its load does not begin within 30 days of the run",
                        "scenario `own`: phase `p`: its count is not between 1 and 1000000000");
    }

    private static SegmentPlan with(SegmentPlan plan, List<LoadPhase> phases) {
        return new SegmentPlan(
                plan.run(),
                plan.segment(),
                plan.segments(),
                plan.seed(),
                plan.target(),
                phases,
                plan.scenarios(),
                plan.connections(),
                plan.window(),
                plan.tick());
    }

    private static List<String> problems(LoadPhase phase) {
        return PhaseProblems.of(phase, "");
    }

    private static LoadPhase phase(
            LoadModel model, double from, double to, double step, long count, boolean atOnce, boolean poisson) {
        return new LoadPhase(
                "p",
                model,
                from,
                to,
                Duration.ofMinutes(2),
                true,
                1,
                step,
                Duration.ofSeconds(1),
                count,
                atOnce,
                poisson);
    }
}
