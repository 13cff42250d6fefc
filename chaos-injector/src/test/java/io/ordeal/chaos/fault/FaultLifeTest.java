package io.ordeal.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordeal.schemas.fault.Facet;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import io.ordeal.schemas.lifecycle.RevertCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FaultLifeTest {
    private static final FaultPlan PLAN = new FaultPlan(
            new FaultKey("run", "f-1"),
            "c-1",
            "api",
            Facet.PROCESS,
            new ProcessFault.Pause(1),
            Duration.ofSeconds(5),
            Optional.empty());
    private static final Instant ACTED = Instant.ofEpochSecond(7);
    private static final Map<String, String> EVIDENCE = Map.of("state", "T");

    @Test
    void isAcceptedAppliedAndReverted() {
        var effects = live(
                new FaultEvent.Journalled(),
                new FaultEvent.Seen(ACTED, EVIDENCE),
                new FaultEvent.Stop(RevertCause.ELAPSED),
                new FaultEvent.Gone(EVIDENCE));
        assertThat(effects)
                .containsExactly(
                        new FaultEffect.Say(new FaultAccepted("f-1", "c-1", "pause", "api", Duration.ofSeconds(5))),
                        new FaultEffect.Journal(),
                        new FaultEffect.Apply(),
                        new FaultEffect.Say(new FaultApplied("f-1", "pause", "api", ACTED, EVIDENCE)),
                        new FaultEffect.Undo(),
                        new FaultEffect.Strike(),
                        new FaultEffect.Say(new FaultReverted("f-1", "pause", "api", RevertCause.ELAPSED, EVIDENCE)));
    }

    @Test
    void isUndoneWhenItsEffectDoesNotShow() {
        var effects =
                live(new FaultEvent.Journalled(), new FaultEvent.NotSeen("nothing"), new FaultEvent.Gone(EVIDENCE));
        assertThat(effects)
                .endsWith(
                        new FaultEffect.Undo(),
                        new FaultEffect.Strike(),
                        new FaultEffect.Say(new FaultFailed("f-1", "pause", "api", "nothing", true)));
    }

    @Test
    void isNotAppliedWhenTheUndoCannotBeWritten() {
        assertThat(live(new FaultEvent.NotJournalled("disk full")))
                .doesNotContain(new FaultEffect.Apply())
                .endsWith(
                        new FaultEffect.Say(new FaultFailed("f-1", "pause", "api", "not journalled: disk full", true)));
    }

    @Test
    void isTriedAgainWhenTheUndoHasFailedAndItIsClearedAgain() {
        var effects = live(
                new FaultEvent.Journalled(),
                new FaultEvent.Seen(ACTED, EVIDENCE),
                new FaultEvent.Stop(RevertCause.ELAPSED),
                new FaultEvent.NotGone("stuck"),
                new FaultEvent.Stop(RevertCause.CLEARED),
                new FaultEvent.Gone(EVIDENCE));
        assertThat(effects).filteredOn(new FaultEffect.Undo()::equals).hasSize(2);
        assertThat(effects)
                .endsWith(
                        new FaultEffect.Strike(),
                        new FaultEffect.Say(new FaultFailed("f-1", "pause", "api", "not undone: stuck", true)));
    }

    /// Safety, whatever comes in whatever order: nothing is applied before it is journalled, an apply is followed by
    /// an
    /// undo as soon as the fault ends, nothing is struck before it is undone, and it ends exactly once.
    @Property(tries = 12_000)
    void keepsItsPromisesUnderAnyEvents(@ForAll("events") List<FaultEvent> events) {
        var step = FaultLife.begin(PLAN);
        var effects = new ArrayList<>(step.effects());
        for (var event : events) {
            var before = step.state();
            step = FaultLife.next(PLAN, before, event);
            effects.addAll(step.effects());
            if (!before.live()) {
                assertThat(step.state()).isEqualTo(before);
                assertThat(step.effects()).isEmpty();
            }
        }
        int applied = effects.indexOf(new FaultEffect.Apply());
        int undone = effects.indexOf(new FaultEffect.Undo());
        int struck = effects.indexOf(new FaultEffect.Strike());
        assertThat(effects.indexOf(new FaultEffect.Journal())).isEqualTo(1);
        assertThat(effects).filteredOn(new FaultEffect.Apply()::equals).hasSizeLessThanOrEqualTo(1);
        assertThat(effects).filteredOn(new FaultEffect.Strike()::equals).hasSizeLessThanOrEqualTo(1);
        if (undone >= 0) {
            assertThat(applied).isBetween(2, undone - 1);
        }
        if (struck >= 0 && applied >= 0) {
            assertThat(undone).isBetween(applied, struck);
        }
        if (!step.state().live() && applied >= 0) {
            assertThat(struck).isPositive();
        }
    }

    @Provide
    Arbitrary<List<FaultEvent>> events() {
        return Arbitraries.<FaultEvent>of(
                        new FaultEvent.Journalled(),
                        new FaultEvent.NotJournalled("no"),
                        new FaultEvent.Seen(ACTED, EVIDENCE),
                        new FaultEvent.NotSeen("no"),
                        new FaultEvent.Stop(RevertCause.ELAPSED),
                        new FaultEvent.Stop(RevertCause.CLEARED),
                        new FaultEvent.Gone(EVIDENCE),
                        new FaultEvent.NotGone("no"))
                .list()
                .ofMaxSize(14);
    }

    private static List<FaultEffect> live(FaultEvent... events) {
        var step = FaultLife.begin(PLAN);
        var effects = new ArrayList<>(step.effects());
        for (var event : events) {
            step = FaultLife.next(PLAN, step.state(), event);
            effects.addAll(step.effects());
        }
        return effects;
    }
}
