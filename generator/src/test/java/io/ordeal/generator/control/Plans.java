package io.ordeal.generator.control;

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

/// Plans to test with.
final class Plans {
    private Plans() {}

    static SegmentPlan plan(String run, int segment) {
        return plan(run, segment, "http://127.0.0.1:1", Duration.ofSeconds(60));
    }

    static SegmentPlan plan(String run, int segment, String target, Duration duration) {
        var step = new Step(0, "get", "GET", "/", Map.of(), "", Duration.ofSeconds(1), new Check(List.of(), ""));
        var think = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);
        return new SegmentPlan(
                run,
                segment,
                2,
                1,
                target,
                List.of(new LoadPhase("steady", LoadModel.CONSTANT_RATE, 10, 10, duration, true, 10)),
                List.of(new Scenario("only", 1, think, List.of(step))),
                new Connections(ConnectionMode.PER_USER, 0, Duration.ofSeconds(1)),
                Duration.ofSeconds(1),
                Duration.ofMillis(250));
    }
}
