package io.ordeal.chaos.fault;

import io.ordeal.chaos.fault.FaultEffect.Apply;
import io.ordeal.chaos.fault.FaultEffect.Journal;
import io.ordeal.chaos.fault.FaultEffect.Say;
import io.ordeal.chaos.fault.FaultEffect.Strike;
import io.ordeal.chaos.fault.FaultEffect.Undo;
import io.ordeal.chaos.fault.FaultEvent.Gone;
import io.ordeal.chaos.fault.FaultEvent.Journalled;
import io.ordeal.chaos.fault.FaultEvent.NotGone;
import io.ordeal.chaos.fault.FaultEvent.NotJournalled;
import io.ordeal.chaos.fault.FaultEvent.NotSeen;
import io.ordeal.chaos.fault.FaultEvent.Seen;
import io.ordeal.chaos.fault.FaultEvent.Stop;
import io.ordeal.chaos.fault.FaultState.Accepted;
import io.ordeal.chaos.fault.FaultState.Applied;
import io.ordeal.chaos.fault.FaultState.Applying;
import io.ordeal.chaos.fault.FaultState.End;
import io.ordeal.chaos.fault.FaultState.Ending;
import io.ordeal.chaos.fault.FaultState.Failed;
import io.ordeal.chaos.fault.FaultState.Reverted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultAccepted;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultApplied;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultFailed;
import io.ordeal.schemas.lifecycle.LifecycleEvent.FaultReverted;
import java.util.ArrayList;
import java.util.List;

/// The life of a fault as a function of state and event.
///
/// ```
///                                      Stop
/// Accepted ── Journalled ─> Applying ────────> Ending(Broken) ── Gone ──> Failed(undone)
///    │                       │    └─ NotSeen ─────^    └──── NotGone ──> Failed(not undone) ── Stop ─> Ending
///    │ Stop, NotJournalled   │ Seen
///    v                       v         Stop
/// Failed(undone)           Applied ──────────> Ending(Over) ─── Gone ──> Reverted
/// ```
///
/// An event that means nothing in a state changes nothing: stopping twice is stopping once.
public final class FaultLife {
    private FaultLife() {}

    /// A state and what is to be performed, in order, for having come to it.
    public record Step(FaultState state, List<FaultEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    private record Input(FaultState state, FaultEvent event) {}

    /// Returns the first step of `plan`.
    public static Step begin(FaultPlan plan) {
        var accepted = new FaultAccepted(
                plan.key().id(), plan.command(), plan.kind(), plan.target(), plan.duration(), plan.lease());
        return new Step(new Accepted(), List.of(new Say(accepted), new Journal()));
    }

    /// Returns the step that `event` means for `plan` in `state`.
    public static Step next(FaultPlan plan, FaultState state, FaultEvent event) {
        return switch (new Input(state, event)) {
            case Input(Accepted _, Journalled _) -> step(new Applying(), new Apply());
            case Input(Accepted _, NotJournalled(var reason)) -> failed(plan, "not journalled: " + reason, true);
            case Input(Accepted _, Stop(var cause)) ->
                failed(plan, "ended before it was applied: " + cause, true, new Strike());
            case Input(Accepted _, Seen _), Input(Accepted _, NotSeen _) -> step(state);
            case Input(Accepted _, Gone _), Input(Accepted _, NotGone _) -> step(state);

            case Input(Applying _, Seen seen) ->
                step(
                        new Applied(),
                        new Say(new FaultApplied(
                                plan.key().id(), plan.kind(), plan.target(), seen.actedAt(), seen.evidence())));
            case Input(Applying _, NotSeen(var reason)) -> step(new Ending(new End.Broken(reason)), new Undo());
            case Input(Applying _, Stop(var cause)) ->
                step(new Ending(new End.Broken("ended before its effect was seen: " + cause)), new Undo());
            case Input(Applying _, Journalled _), Input(Applying _, NotJournalled _) -> step(state);
            case Input(Applying _, Gone _), Input(Applying _, NotGone _) -> step(state);

            case Input(Applied _, Stop(var cause)) -> step(new Ending(new End.Over(cause)), new Undo());
            case Input(Applied _, Journalled _), Input(Applied _, NotJournalled _) -> step(state);
            case Input(Applied _, Seen _), Input(Applied _, NotSeen _) -> step(state);
            case Input(Applied _, Gone _), Input(Applied _, NotGone _) -> step(state);

            case Input(Ending(End.Over(var cause)), Gone(var evidence)) ->
                step(
                        new Reverted(cause),
                        new Strike(),
                        new Say(new FaultReverted(plan.key().id(), plan.kind(), plan.target(), cause, evidence)));
            case Input(Ending(End.Broken(var why)), Gone _) -> failed(plan, why, true, new Strike());
            case Input(Ending(End.Over _), NotGone(var reason)) -> failed(plan, "not undone: " + reason, false);
            case Input(Ending(End.Broken(var why)), NotGone(var reason)) ->
                failed(plan, why + "; not undone: " + reason, false);
            case Input(Ending _, Journalled _), Input(Ending _, NotJournalled _) -> step(state);
            case Input(Ending _, Seen _), Input(Ending _, NotSeen _), Input(Ending _, Stop _) -> step(state);

            case Input(Failed(var reason, var undone), Stop _) ->
                undone ? step(state) : step(new Ending(new End.Broken(reason)), new Undo());
            case Input(Failed _, Journalled _), Input(Failed _, NotJournalled _) -> step(state);
            case Input(Failed _, Seen _), Input(Failed _, NotSeen _) -> step(state);
            case Input(Failed _, Gone _), Input(Failed _, NotGone _) -> step(state);
            case Input(Reverted _, FaultEvent _) -> step(state);
        };
    }

    private static Step failed(FaultPlan plan, String reason, boolean undone, FaultEffect... before) {
        var effects = new ArrayList<>(List.of(before));
        effects.add(new Say(new FaultFailed(plan.key().id(), plan.kind(), plan.target(), reason, undone)));
        return new Step(new Failed(reason, undone), effects);
    }

    private static Step step(FaultState state, FaultEffect... effects) {
        return new Step(state, List.of(effects));
    }
}
