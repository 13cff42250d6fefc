package io.ordeal.generator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.load.Check;
import io.ordeal.schemas.load.ConnectionMode;
import io.ordeal.schemas.load.Connections;
import io.ordeal.schemas.load.LoadModel;
import io.ordeal.schemas.load.LoadPhase;
import io.ordeal.schemas.load.Scenario;
import io.ordeal.schemas.load.SegmentPlan;
import io.ordeal.schemas.load.Step;
import io.ordeal.schemas.load.Think;
import io.ordeal.schemas.load.ThinkKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
}
