package io.ordeal.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.results.BreakingPoint;
import io.ordeal.schemas.results.LoadStep;
import io.ordeal.schemas.results.StepResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Known answers for loads in steps of ten seconds, one request more per second with each.
final class BreakingPointsTest {
    @Test
    void theFirstStepThatFailsBreaks() {
        var point = point(scene("p95 < 50ms", "warn p95 < 1ms", "throughput > 1000/s")
                .ok(0, 10, 10, 10)
                .ok(10, 20, 20, 10)
                .ok(20, 30, 30, 80));

        assertThat(point.phase()).isEqualTo("climb");
        assertThat(point.unit()).isEqualTo("users");
        assertThat(point.cause()).isEmpty();
        assertThat(point.held().orElseThrow()).satisfies(step -> {
            assertThat(step.level()).isEqualTo(2);
            assertThat(step.start()).isEqualTo(Scene.at(10));
            assertThat(step.end()).isEqualTo(Scene.at(20));
            assertThat(step.completed()).isEqualTo(200);
            assertThat(step.throughput()).isEqualTo(20);
            assertThat(step.response().orElseThrow().p95()).isEqualTo(10_000);
            assertThat(step.failed()).isEmpty();
        });
        assertThat(point.broke().orElseThrow().level()).isEqualTo(3);
        assertThat(point.broke().orElseThrow().failed()).containsExactly("p95 < 50ms");
    }

    @Test
    void allMayHold() {
        var point = point(scene("p95 < 50ms").ok(0, 30, 10, 10));

        assertThat(point.held().map(StepResult::level)).contains(3.0);
        assertThat(point.broke()).isEmpty();
    }

    @Test
    void theFirstMayFail() {
        var point = point(scene("errors < 5%").ok(0, 30, 9, 10).bad(0, 30, 1));

        assertThat(point.held()).isEmpty();
        assertThat(point.broke()).hasValueSatisfying(step -> {
            assertThat(step.level()).isEqualTo(1);
            assertThat(step.errors()).isEqualTo(10);
            assertThat(step.throughput()).isEqualTo(9);
        });
    }

    @Test
    void fewRequestsAreEnoughAndFaultsDoNotMatter() {
        var point = point(scene("p99 < 50ms outside faults", "availability > 99%", "tokens p50 > 20")
                .fault("f", 0, 30)
                .ok(0, 10, 1, 10)
                .ok(10, 20, 1, 80)
                .dropped(15, 1)
                .measured(12, "tokens", 20));

        assertThat(point.held().map(StepResult::level)).contains(1.0);
        assertThat(point.broke().orElseThrow().failed())
                .containsExactly("p99 < 50ms outside faults", "availability > 99%", "tokens p50 > 20");
    }

    @Test
    void stepsInWhichNothingEndedAreLeftOut() {
        var point = point(scene("p95 < 50ms").ok(0, 10, 10, 10).ok(20, 30, 10, 80));

        assertThat(point.held().map(StepResult::level)).contains(1.0);
        assertThat(point.broke().map(StepResult::level)).contains(3.0);
        assertThat(scene("p95 < 50ms").judge().run().breakingPoints()).isEmpty();
    }

    @Test
    void windowsOnTheEdgeOfStepsAreInNone() {
        var point = point(new Scene("p95 < 50ms")
                .phase(
                        "climb",
                        true,
                        20,
                        new LoadStep(Duration.ZERO, Duration.ofMillis(9_500), 1, "1/s"),
                        new LoadStep(Duration.ofMillis(9_500), Duration.ofMillis(10_500), 2, "1/s"))
                .request("a", "get", Map.of())
                .ok(0, 9, 10, 10)
                .ok(9, 10, 100, 80)
                .ok(10, 20, 10, 10));

        assertThat(point.broke()).isEmpty();
        assertThat(point.held().orElseThrow().completed()).isEqualTo(100);
        assertThat(point.held().orElseThrow().throughput()).isEqualTo(10);
    }

    private static BreakingPoint point(Scene scene) {
        var points = scene.judge().run().breakingPoints();
        assertThat(points).hasSize(1);
        return points.getFirst();
    }

    private static Scene scene(String... objectives) {
        return new Scene(objectives)
                .phase("climb", true, 30, step(0), step(1), step(2))
                .request("a", "get", Map.of());
    }

    private static LoadStep step(int index) {
        return new LoadStep(Duration.ofSeconds(10L * index), Duration.ofSeconds(10), index + 1.0, "users");
    }
}
