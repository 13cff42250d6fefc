package io.ordeal.campaign.plan;

import static io.ordeal.campaign.read.Documents.SMALL;
import static io.ordeal.campaign.read.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.LoadStep;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadStepsTest {
    private static List<LoadStep> steps(String load, double scale) {
        var text = SMALL.replace("users: 0 -> 50, over: 10s", load);
        var plan = ((Planning.Planned) Planner.plan(accepted(text), scale)).plan();
        assertThat(plan.objectives("r").phases().getFirst())
                .isEqualTo(plan.phases().getFirst());
        return plan.phases().getFirst().steps();
    }

    private static LoadStep step(long millis, long length, double level, String unit) {
        return new LoadStep(Duration.ofMillis(millis), Duration.ofMillis(length), level, unit);
    }

    @Test
    void theLastLevelLastsToTheEndOfThePhase() {
        assertThat(steps("users: 10 -> 50, step: 20, every: 3s, for: 20s", 1))
                .containsExactly(
                        step(0, 3_000, 10, "users"), step(3_000, 3_000, 30, "users"), step(6_000, 14_000, 50, "users"));
    }

    @Test
    void theLastStepIsCutAtTheEndOfThePhase() {
        assertThat(steps("rate: 500/s -> 100/s, step: 150/s, every: 4s, for: 14s", 1))
                .containsExactly(
                        step(0, 4_000, 500, "1/s"),
                        step(4_000, 4_000, 350, "1/s"),
                        step(8_000, 4_000, 200, "1/s"),
                        step(12_000, 2_000, 100, "1/s"));
    }

    @Test
    void stepsShrinkWithTheirPhase() {
        assertThat(steps("users: 10 -> 30, step: 10, every: 4s, for: 12s", 0.5))
                .containsExactly(
                        step(0, 2_000, 10, "users"), step(2_000, 2_000, 20, "users"), step(4_000, 2_000, 30, "users"));
    }

    @Test
    void loadsWithoutStepsHaveNone() {
        assertThat(steps("users: 0 -> 50, over: 10s", 1)).isEmpty();
    }
}
