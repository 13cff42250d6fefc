package io.ordeal.campaign.progress;

import static io.ordeal.campaign.read.Documents.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.campaign.report.Results;
import io.ordeal.campaign.screen.RunProgress;
import io.ordeal.campaign.screen.RunProgress.FaultState;
import io.ordeal.campaign.screen.RunProgress.Where;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.Ledger;
import io.ordeal.schemas.results.OutcomeCounts;
import io.ordeal.schemas.results.WindowSummary;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTallyTest {
    private static final Instant START = Results.START;

    private final ProgressTally tally = new ProgressTally("r", Results.plan(SMALL), List.of());

    private RunProgress at(int second) {
        return tally.at(START.plusSeconds(second), START, RunProgress.Stage.RUNNING);
    }

    private static WindowSummary window(int second, String phase, long ok, Optional<Ledger> ledger, String... doubts) {
        return new WindowSummary(
                "r",
                START.plusSeconds(second),
                Duration.ofSeconds(1),
                phase,
                "*",
                "*",
                ClosedBy.TICKS,
                START.plusSeconds(second),
                new OutcomeCounts(ok, 0, 0, 0, 0, 0, 0),
                ledger,
                Optional.empty(),
                Optional.empty(),
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                0,
                0,
                0,
                List.of(),
                List.of(doubts),
                List.of());
    }

    private static Ledger ledger(long scheduled, long dropped, long sent, long completed) {
        return new Ledger(scheduled, dropped, sent, completed, completed, completed, 0, 0, true);
    }

    @Test
    void waitsUntilSomethingIsKnown() {
        var progress = at(0);

        assertThat(progress.traffic()).isEqualTo(RunProgress.Traffic.NONE);
        assertThat(progress.objectives())
                .extracting(RunProgress.Standing::state)
                .containsOnly(Where.WAITING);
        assertThat(progress.faults()).extracting(RunProgress.FaultMark::state).containsOnly(FaultState.PLANNED);
        assertThat(tally.at(START.minusSeconds(3), START, RunProgress.Stage.PREPARING)
                        .elapsed())
                .isZero();
    }

    @Test
    void addsUpWhatWasDroppedAndWhatIsInFlight() {
        tally.add(window(10, "steady", 90, Optional.of(ledger(100, 4, 96, 90))));
        tally.add(window(11, "steady", 95, Optional.of(ledger(100, 1, 99, 95))));

        var traffic = at(12).traffic();

        assertThat(traffic.askedPerSecond()).contains(100.0);
        assertThat(traffic.dropped()).isEqualTo(5);
        assertThat(traffic.inFlight()).isEqualTo(10);
        assertThat(traffic.sum().ok()).isEqualTo(185);
    }

    @Test
    void prefersTheAccountOfTheMainPhaseWhereOnePhaseFollowsAnother() {
        tally.add(window(9, "warm-up", 60, Optional.of(ledger(100, 0, 100, 100))));
        tally.add(window(9, "steady", 40, Optional.empty()));

        assertThat(at(10).traffic().sentPerSecond()).isEqualTo(100);
        assertThat(at(10).traffic().sum().ok()).isEqualTo(100);
    }

    @Test
    void followsAFaultFromAcceptanceToItsEnd() {
        tally.add(event(20, new LifecycleEvent.FaultAccepted("F1", "c", "latency", "s", Duration.ofSeconds(5))));
        assertThat(at(20).faults().getFirst().state()).isEqualTo(FaultState.ASKED);

        tally.add(event(21, new LifecycleEvent.FaultApplied("F1", "latency", "s", START, Map.of())));
        assertThat(at(22).faults().getFirst().state()).isEqualTo(FaultState.IN_FORCE);
        assertThat(at(22).faults().getFirst().since()).contains(Duration.ofSeconds(21));

        tally.add(event(26, new LifecycleEvent.FaultFailed("F1", "latency", "s", "it stayed", false)));
        assertThat(at(26).faults().getFirst().note()).isEqualTo("it stayed");
        assertThat(at(26).faults().getFirst().state()).isEqualTo(FaultState.FAILED);
    }

    @Test
    void saysOnceThatAGeneratorIsSaturated() {
        tally.add(window(10, "steady", 1, Optional.empty(), "event loop late"));
        tally.add(window(11, "steady", 1, Optional.empty(), "event loop late"));

        assertThat(at(12).warnings()).containsExactly("a generator is saturated: event loop late");
    }

    private static LifecycleEvent event(int second, LifecycleEvent.Event event) {
        return new LifecycleEvent("r", START.plusSeconds(second), "test", event);
    }
}
