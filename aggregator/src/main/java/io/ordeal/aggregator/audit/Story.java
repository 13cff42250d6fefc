package io.ordeal.aggregator.audit;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.RunObjectives;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What the lifecycle topic has said of one run; instants in microseconds since the epoch. Of what can happen only
/// once, the first word counts.
final class Story {
    private final Map<String, Force> faults = new LinkedHashMap<>();
    private final TreeMap<Integer, Long> phaseStarts = new TreeMap<>();
    private final TreeMap<Integer, Long> phaseEnds = new TreeMap<>();
    private Optional<Long> started = Optional.empty();
    private Optional<Long> finished = Optional.empty();
    private Optional<FinishReason> reason = Optional.empty();

    /// Returns the story that `events` of one run tell.
    static Story of(List<LifecycleEvent> events) {
        var story = new Story();
        events.forEach(story::hear);
        return story;
    }

    private void hear(LifecycleEvent said) {
        long at = Micros.of(said.at());
        switch (said.event()) {
            case LifecycleEvent.RunStarted _ -> started = started.or(() -> Optional.of(at));
            case LifecycleEvent.RunFinished(var why, var _) -> {
                reason = reason.or(() -> Optional.of(why));
                finished = finished.or(() -> Optional.of(at));
            }
            case LifecycleEvent.PhaseStarted(var _, int index) -> phaseStarts.putIfAbsent(index, at);
            case LifecycleEvent.PhaseEnded(var _, int index) -> phaseEnds.putIfAbsent(index, at);
            case LifecycleEvent.FaultAccepted(var id, var _, var kind, var target, var _, var _) ->
                change(id, old -> new Force(id, kind, target, old.acted(), old.reverted(), old.failed(), true));
            case LifecycleEvent.FaultApplied(var id, var kind, var target, var actedAt, var _) -> {
                long acted = Micros.of(actedAt);
                change(id, old -> applied(old, kind, target, acted));
            }
            case LifecycleEvent.FaultReverted(var id, var kind, var target, var _, var _) ->
                change(
                        id,
                        old -> new Force(id, kind, target, old.acted(), Optional.of(at), old.failed(), old.touched()));
            case LifecycleEvent.FaultRejected(var id, var _, var _) ->
                change(id, old -> new Force(id, old.kind(), old.target(), old.acted(), old.reverted(), true, false));
            case LifecycleEvent.FaultFailed(var id, var kind, var target, var _, boolean _) ->
                change(id, old -> new Force(id, kind, target, old.acted(), old.reverted(), true, old.touched()));
            case LifecycleEvent.LoadChanged _,
                    LifecycleEvent.SegmentTaken _,
                    LifecycleEvent.SegmentFinished _,
                    LifecycleEvent.CommandRefused _,
                    LifecycleEvent.FaultRehearsed _,
                    LifecycleEvent.InjectorAnnounced _,
                    LifecycleEvent.PolicyRefused _,
                    LifecycleEvent.Heartbeat _ -> {}
        }
    }

    private void change(String id, UnaryOperator<Force> change) {
        faults.put(id, change.apply(faults.getOrDefault(id, Force.unheard(id, "", ""))));
    }

    /// A fault that is applied again after a restart of its injector is in force from the first time on.
    private static Force applied(Force old, String kind, String target, long acted) {
        long first = Math.min(acted, old.acted().orElse(acted));
        return new Force(old.id(), kind, target, Optional.of(first), Optional.empty(), old.failed(), true);
    }

    /// Returns the faults that were heard of.
    List<Force> faults() {
        return List.copyOf(faults.values());
    }

    /// Returns the faults of the plan, then those that came on top of it.
    List<Force> faults(RunObjectives plan) {
        var all = new LinkedHashMap<String, Force>();
        plan.faults()
                .forEach(planned ->
                        all.put(planned.id(), Force.unheard(planned.id(), planned.kind(), planned.target())));
        faults.forEach((id, heard) -> all.merge(
                id,
                heard,
                (planned, told) -> told.kind().isEmpty()
                        ? new Force(
                                id,
                                planned.kind(),
                                planned.target(),
                                told.acted(),
                                told.reverted(),
                                told.failed(),
                                told.touched())
                        : told));
        return new ArrayList<>(all.values());
    }

    Optional<Long> started() {
        return started;
    }

    Optional<Long> finished() {
        return finished;
    }

    Optional<FinishReason> reason() {
        return reason;
    }

    Optional<Long> phaseStart(int index) {
        return Optional.ofNullable(phaseStarts.get(index));
    }

    Optional<Long> phaseEnd(int index) {
        return Optional.ofNullable(phaseEnds.get(index));
    }

    /// Returns when the load began: the start of the first phase that was announced, less its place in the plan.
    Optional<Long> loadStart(RunObjectives plan) {
        return phaseStarts.entrySet().stream()
                .filter(entry ->
                        entry.getKey() >= 0 && entry.getKey() < plan.phases().size())
                .findFirst()
                .map(entry -> entry.getValue()
                        - Micros.of(plan.phases().get(entry.getKey()).start()));
    }
}
