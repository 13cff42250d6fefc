package io.ordeal.campaign.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.lifecycle.LifecycleEvent.Event;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.RunStarted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentFinished;
import io.ordeal.schemas.lifecycle.LifecycleEvent.SegmentTaken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunUnderWayTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isOneWhoseSegmentsHaveOwnersWithWork() {
        var runs = RunUnderWay.among(List.of(
                event("b", 2, "campaign", new RunStarted("shop", 1, "")),
                event("b", 2, "g1", new SegmentTaken(0, 1)),
                event("b", 2, "g1", new SegmentTaken(1, 1)),
                event("b", 3, "g2", new SegmentTaken(1, 2)),
                event("a", 1, "campaign", new RunStarted("bank", 1, "")),
                event("a", 1, "g1", new SegmentTaken(0, 1))));

        assertThat(runs).extracting(RunUnderWay::id).containsExactly("a", "b");
        assertThat(runs.getLast().campaign()).isEqualTo("shop");
        assertThat(runs.getLast().generators()).containsExactly("g1", "g2");
    }

    @Test
    void isNoneThatHasNotBegunIsFinishedOrHasMadeAllItsLoad() {
        assertThat(RunUnderWay.among(List.of(
                        event("early", 0, "campaign", new RunStarted("c", 1, "")),
                        event("over", 0, "campaign", new RunStarted("c", 1, "")),
                        event("over", 0, "g1", new SegmentTaken(0, 1)),
                        event("over", 9, "campaign", new RunFinished(FinishReason.COMPLETED, "")),
                        event("orphan", 0, "campaign", new RunStarted("c", 1, "")),
                        event("orphan", 0, "g1", new SegmentTaken(0, 1)),
                        event("orphan", 9, "g1", new SegmentFinished(0, 1)))))
                .isEmpty();
    }

    private static LifecycleEvent event(String run, int second, String source, Event event) {
        return new LifecycleEvent(run, T0.plusSeconds(second), source, event);
    }
}
