package io.ordeal.aggregator.judge;

import io.ordeal.schemas.lifecycle.FinishReason;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.results.RunObjectives;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What the lifecycle topic has said of one run so far; instants in microseconds since the epoch.
public final class Facts {
    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private final TreeMap<Integer, Long> phaseStarts = new TreeMap<>();
    private final TreeMap<Integer, Long> phaseEnds = new TreeMap<>();
    private final Watch watch = new Watch();
    private Optional<Long> startedAt = Optional.empty();
    private Optional<Finish> finish = Optional.empty();

    /// How the runner ended the run.
    public record Finish(FinishReason reason, String detail, long at) {}

    /// Whether events of this kind tell anything about verdicts.
    public static boolean matters(LifecycleEvent.Event event) {
        return switch (event) {
            case LifecycleEvent.RunStarted _,
                    LifecycleEvent.RunFinished _,
                    LifecycleEvent.PhaseStarted _,
                    LifecycleEvent.PhaseEnded _,
                    LifecycleEvent.FaultAccepted _,
                    LifecycleEvent.FaultApplied _,
                    LifecycleEvent.FaultReverted _,
                    LifecycleEvent.FaultRejected _,
                    LifecycleEvent.FaultFailed _ -> true;
            case LifecycleEvent.LoadChanged _,
                    LifecycleEvent.SegmentTaken _,
                    LifecycleEvent.SegmentFinished _,
                    LifecycleEvent.CommandRefused _,
                    LifecycleEvent.FaultRehearsed _,
                    LifecycleEvent.InjectorAnnounced _,
                    LifecycleEvent.PolicyRefused _ -> false;
            case LifecycleEvent.Heartbeat(var component, var _) -> component.equals(Watch.COMPONENT);
        };
    }

    /// Takes in one event; the same event twice changes nothing.
    public void accept(LifecycleEvent lifecycle) {
        long at = Micros.of(lifecycle.at());
        switch (lifecycle.event()) {
            case LifecycleEvent.RunStarted _ -> startedAt = startedAt.or(() -> Optional.of(at));
            case LifecycleEvent.RunFinished(var reason, var detail) ->
                finish = finish.or(() -> Optional.of(new Finish(reason, detail, at)));
            case LifecycleEvent.PhaseStarted(var _, int index) -> phaseStarts.putIfAbsent(index, at);
            case LifecycleEvent.PhaseEnded(var _, int index) -> phaseEnds.putIfAbsent(index, at);
            case LifecycleEvent.FaultAccepted(var id, var _, var kind, var target, var _, var _) ->
                change(id, fault -> fault.named(kind, target).accepted(at));
            case LifecycleEvent.FaultApplied(var id, var kind, var target, var actedAt, var _) ->
                change(id, fault -> fault.named(kind, target).applied(Micros.of(actedAt)));
            case LifecycleEvent.FaultReverted(var id, var kind, var target, var _, var _) ->
                change(id, fault -> fault.named(kind, target).reverted(at));
            case LifecycleEvent.FaultRejected(var id, var _, var reasons) ->
                change(id, fault -> fault.failed("rejected: " + String.join("; ", reasons), true));
            case LifecycleEvent.FaultFailed(var id, var kind, var target, var reason, boolean undone) ->
                change(
                        id,
                        fault -> fault.named(kind, target)
                                .failed(reason + (undone ? "" : "; it could not be undone"), false));
            case LifecycleEvent.LoadChanged _,
                    LifecycleEvent.SegmentTaken _,
                    LifecycleEvent.SegmentFinished _,
                    LifecycleEvent.CommandRefused _,
                    LifecycleEvent.FaultRehearsed _,
                    LifecycleEvent.InjectorAnnounced _,
                    LifecycleEvent.PolicyRefused _ -> {}
            case LifecycleEvent.Heartbeat(var component, var _) -> {
                if (component.equals(Watch.COMPONENT) && finish.isEmpty()) {
                    watch.beat(at);
                }
            }
        }
    }

    private void change(String id, UnaryOperator<Fault> change) {
        var unknown =
                new Fault(id, "", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        faults.put(id, change.apply(faults.getOrDefault(id, unknown)));
    }

    /// Returns the faults that were heard of, in order of their first event.
    public Collection<Fault> faults() {
        return List.copyOf(faults.values());
    }

    /// Returns the faults of the plan, then those that came on top of it.
    public List<Fault> faults(RunObjectives plan) {
        var all = new LinkedHashMap<String, Fault>();
        for (var planned : plan.faults()) {
            all.put(
                    planned.id(),
                    new Fault(
                            planned.id(),
                            planned.kind(),
                            planned.target(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false));
        }
        faults.forEach((id, fault) -> all.put(
                id,
                fault.kind().isEmpty() && all.containsKey(id)
                        ? fault.named(all.get(id).kind(), all.get(id).target())
                        : fault));
        return new ArrayList<>(all.values());
    }

    /// Returns the ids of the faults that were in force at some time from `from` to just before `to`, sorted.
    public List<String> overlapping(long from, long to) {
        return faults.values().stream()
                .filter(fault -> fault.overlaps(from, to))
                .map(Fault::id)
                .sorted()
                .toList();
    }

    /// Whether it is still open if a fault acted before `end`.
    public boolean pending(long end) {
        return faults.values().stream()
                .anyMatch(fault -> fault.pending() && fault.acceptedAt().orElseThrow() < end);
    }

    /// Returns how the aggregator watched over the run.
    public Watch watch() {
        return watch;
    }

    /// Returns the longest time without a beat of the aggregator, from when a fault first acted until the end of the
    /// run, where it was longer than [Rules#SILENCE].
    public Optional<Watch.Silence> unwatched() {
        var acted = faults.values().stream()
                .flatMap(fault -> fault.appliedAt().stream())
                .min(Long::compare);
        return acted.flatMap(from -> finish.flatMap(end -> watch.longest(from, end.at())))
                .filter(silence -> silence.to() - silence.from() > Rules.SILENCE);
    }

    /// Returns when the runner began.
    public Optional<Long> startedAt() {
        return startedAt;
    }

    /// Returns how the runner ended the run, once it has.
    public Optional<Finish> finish() {
        return finish;
    }

    /// Returns when the phase began.
    public Optional<Long> phaseStart(int index) {
        return Optional.ofNullable(phaseStarts.get(index));
    }

    /// Returns when the phase ended.
    public Optional<Long> phaseEnd(int index) {
        return Optional.ofNullable(phaseEnds.get(index));
    }

    /// Returns when the load began: the start of the first phase that was announced, less its place in the plan.
    public Optional<Long> loadStart(RunObjectives plan) {
        return phaseStarts.entrySet().stream()
                .filter(entry ->
                        entry.getKey() >= 0 && entry.getKey() < plan.phases().size())
                .findFirst()
                .map(entry -> entry.getValue()
                        - Micros.of(plan.phases().get(entry.getKey()).start()));
    }
}
