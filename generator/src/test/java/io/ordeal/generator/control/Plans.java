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
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Plans() {}

    static SegmentPlan plan(String run, int segment) {
        return plan(run, segment, "http://127.0.0.1:1", Duration.ofSeconds(60));
    }

    /// One of two segments of a closed load.
    static SegmentPlan users(String run, int segment, int users) {
        var load = new LoadPhase("users", LoadModel.CONSTANT_USERS, users, users, Duration.ofSeconds(60), true, 1);
        return plan(run, segment, "http://127.0.0.1:1", load, new Connections(ConnectionMode.PER_USER, 0, SECOND));
    }

    static SegmentPlan plan(String run, int segment, String target, Duration duration) {
        var load = new LoadPhase("steady", LoadModel.CONSTANT_RATE, 10, 10, duration, true, 10);
        return plan(run, segment, target, load, new Connections(ConnectionMode.PER_USER, 0, SECOND));
    }

    static SegmentPlan plan(String run, int segment, String target, LoadPhase load, Connections connections) {
        var step = new Step(0, "get", "GET", "/", Map.of(), "", Duration.ofSeconds(1), new Check(List.of(), ""));
        var think = new Think(ThinkKind.NONE, Duration.ZERO, Duration.ZERO);
        return new SegmentPlan(
                run,
                segment,
                2,
                1,
                target,
                List.of(load),
                List.of(new Scenario("only", 1, think, List.of(step))),
                connections,
                SECOND,
                Duration.ofMillis(250));
    }
}
